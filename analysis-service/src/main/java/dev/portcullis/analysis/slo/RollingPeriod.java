package dev.portcullis.analysis.slo;

import java.time.Duration;
import java.time.Instant;

/**
 * The last so many days, hours or minutes.
 *
 * @param length above 0
 */
public record RollingPeriod(Duration length) implements SloPeriod {
    public RollingPeriod {
        if (!length.isPositive()) {
            throw new IllegalArgumentException("length: " + length + " is not above 0");
        }
    }

    @Override
    public boolean rolling() {
        return true;
    }

    @Override
    public Instant startOf(Instant now) {
        return now.minus(length);
    }

    @Override
    public Instant endOf(Instant now) {
        return now;
    }

    @Override
    public Duration lengthAt(Instant now) {
        return length;
    }
}
