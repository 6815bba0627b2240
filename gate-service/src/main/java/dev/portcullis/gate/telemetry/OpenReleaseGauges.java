package dev.portcullis.gate.telemetry;

import dev.portcullis.gate.release.OpenReleases;
import dev.portcullis.gate.release.Releases;
import dev.portcullis.kit.lifecycle.BackgroundWork;
import dev.portcullis.kit.lifecycle.PeriodicWork;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many releases are open and how long the oldest undecided one has been, looked up every few seconds by every replica, so that a scrape waits for no database:
 * {@code portcullis_gate_open_releases} and {@code portcullis_gate_oldest_undecided_release_age_seconds}. Not a number while the database cannot be asked.
 */
public final class OpenReleaseGauges implements BackgroundWork {
    private static final Logger LOG = LoggerFactory.getLogger(OpenReleaseGauges.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Releases releases;
    private final Clock clock;
    private final PeriodicWork looks = new PeriodicWork(Thread.ofVirtual().name("open-releases"), EVERY, this::look);
    private volatile Optional<OpenReleases> latest = Optional.empty();

    public OpenReleaseGauges(Releases releases, Clock clock, MeterRegistry meters) {
        this.releases = releases;
        this.clock = clock;
        Gauge.builder("portcullis.gate.open.releases", this, OpenReleaseGauges::count)
                .description("Open releases")
                .register(meters);
        TimeGauge.builder(
                        "portcullis.gate.oldest.undecided.release.age", this, TimeUnit.SECONDS, OpenReleaseGauges::age)
                .description("Time since the oldest open release was opened that is not promoted; 0 when there is none")
                .register(meters);
    }

    private double count() {
        return latest.map(OpenReleases::count).map(Long::doubleValue).orElse(Double.NaN);
    }

    private double age() {
        return latest.map(open -> open.oldestUndecided()
                        .map(oldest -> Duration.between(oldest, clock.instant()).toMillis() / 1e3)
                        .map(seconds -> Math.max(0, seconds))
                        .orElse(0.0))
                .orElse(Double.NaN);
    }

    @Override
    public void start() {
        looks.start();
    }

    @Override
    public void stop() {
        looks.stop();
    }

    /** Looks once. */
    void look() {
        try {
            latest = Optional.of(releases.open());
        } catch (RuntimeException e) {
            latest = Optional.empty();
            LOG.debug("the open releases cannot be counted and are with the next look", e);
        }
    }
}
