package dev.portcullis.analysis.store;

import dev.portcullis.analysis.run.StableHistory;
import dev.portcullis.analysis.run.StableHistory.MeasuredObjective;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The form of what is known of a stable version's past, in analysis.history and stable_history.history. */
record StoredHistory(Instant time, List<StoredMeasured> objectives) {
    /** Of one objective. */
    record StoredMeasured(
            String objective,
            int windows,
            double dispersion,
            boolean comparesPods,
            double clusterSize,
            Optional<Duration> voteWindow) {
        private static StoredMeasured of(MeasuredObjective measured) {
            return new StoredMeasured(
                    measured.objective(),
                    measured.windows(),
                    measured.dispersion(),
                    measured.comparesPods(),
                    measured.clusterSize(),
                    measured.voteWindow());
        }

        private MeasuredObjective measured() {
            return new MeasuredObjective(objective, windows, dispersion, comparesPods, clusterSize, voteWindow);
        }
    }

    static StoredHistory of(StableHistory history) {
        return new StoredHistory(history.time(), Each.of(history.objectives(), StoredMeasured::of));
    }

    StableHistory history() {
        return new StableHistory(time, Each.of(objectives, StoredMeasured::measured));
    }
}
