package dev.portcullis.analysis.store;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Observation;
import java.util.List;

/** The form of an observation in documents. */
record StoredObservation(List<Cut> cuts) {
    /** Both arms at one cut. */
    record Cut(StoredCounts canary, StoredCounts baseline) {
        private static Cut of(ArmCounts counts) {
            return new Cut(StoredCounts.of(counts.canary()), StoredCounts.of(counts.baseline()));
        }

        private ArmCounts counts() {
            return new ArmCounts(canary.counts(), baseline.counts());
        }
    }

    static StoredObservation of(Observation observation) {
        return new StoredObservation(Elements.of(observation.cuts(), Cut::of));
    }

    Observation observation() {
        return new Observation(Elements.of(cuts, Cut::counts));
    }
}
