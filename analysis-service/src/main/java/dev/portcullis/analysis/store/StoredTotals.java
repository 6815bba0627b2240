package dev.portcullis.analysis.store;

import dev.portcullis.analysis.run.Measurement;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The form of everything counted, in analysis.totals. */
record StoredTotals(
        Map<String, StoredObservation> counts,
        Map<String, Map<String, StoredCounts>> canaryPods,
        Optional<Instant> lastRequest) {
    static StoredTotals of(Measurement.Totals totals) {
        return new StoredTotals(
                Each.of(totals.counts(), StoredObservation::of),
                Each.of(totals.canaryPods(), pods -> Each.of(pods, StoredCounts::of)),
                Optional.ofNullable(totals.lastRequest()));
    }

    Measurement.Totals totals() {
        return new Measurement.Totals(
                Each.of(counts, StoredObservation::observation),
                Each.of(canaryPods, pods -> Each.of(pods, StoredCounts::counts)),
                lastRequest.orElse(null));
    }
}
