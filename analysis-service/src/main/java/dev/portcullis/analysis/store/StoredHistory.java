package dev.portcullis.analysis.store;

import dev.portcullis.analysis.run.StableHistory;
import dev.portcullis.analysis.run.StableHistory.MeasuredObjective;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The form of what is known of a stable version's past, in analysis.history and stable_history.history. */
record StoredHistory(Instant time, List<StoredMeasuredObjective> objectives) {
    /** The history of one objective. */
    record StoredMeasuredObjective(
            String objective,
            int windows,
            double dispersion,
            boolean comparesPods,
            double clusterSize,
            Optional<Duration> voteWindow) {
        private static StoredMeasuredObjective of(MeasuredObjective measured) {
            return new StoredMeasuredObjective(
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
        return new StoredHistory(history.time(), Elements.of(history.objectives(), StoredMeasuredObjective::of));
    }

    StableHistory history() {
        return new StableHistory(time, Elements.of(objectives, StoredMeasuredObjective::measured));
    }
}
