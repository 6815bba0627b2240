package dev.portcullis.analysis.metric;

import dev.portcullis.analysis.query.Arms;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far the samples of a reading reach, where its sources tell: each arm of each source as far as its newest sample, and the reading as far as that of them which reaches least. An arm without samples reaches
 * nowhere and holds nothing up. Used for one reading.
 */
final class SampleTimes {
    private record ArmKey(String source, boolean canary) {}

    private final Arms arms;
    private final Map<ArmKey, Instant> newest = new HashMap<>();

    SampleTimes(Arms arms) {
        this.arms = arms;
    }

    /** Looks at what a source gave. */
    void see(String source, List<Sample> samples) {
        for (Sample sample : samples) {
            Instant time = sample.time();
            boolean canary = arms.isCanary(sample.labels());
            if (time != null && (canary || arms.isBaseline(sample.labels()))) {
                newest.merge(new ArmKey(source, canary), time, (one, other) -> one.isAfter(other) ? one : other);
            }
        }
    }

    /** Null when no sample tells its time. */
    @Nullable
    Instant reached() {
        return newest.values().stream().min(Instant::compareTo).orElse(null);
    }
}
