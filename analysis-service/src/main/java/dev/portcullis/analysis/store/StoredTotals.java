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
                Elements.of(totals.counts(), StoredObservation::of),
                Elements.of(totals.canaryPods(), pods -> Elements.of(pods, StoredCounts::of)),
                Optional.ofNullable(totals.lastRequest()));
    }

    Measurement.Totals totals() {
        return new Measurement.Totals(
                Elements.of(counts, StoredObservation::observation),
                Elements.of(canaryPods, pods -> Elements.of(pods, StoredCounts::counts)),
                lastRequest.orElse(null));
    }
}
