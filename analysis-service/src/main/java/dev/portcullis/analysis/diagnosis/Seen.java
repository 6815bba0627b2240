package dev.portcullis.analysis.diagnosis;

import dev.portcullis.analysis.metric.Sample;
import java.util.List;
import java.util.Optional;

/**
 * What was seen of a query in the first look.
 *
 * @param snapshot where it was seen
 * @param past what became of it in {@link StableCounts#LOOK_BACK}; empty when the source keeps no history
 */
record Seen(Query query, Snapshot snapshot, Inspection inspection, Optional<Past> past) {
    static Seen of(Query query, Snapshot snapshot) {
        Inspection inspection = snapshot.inspect(query.selector());
        Optional<Past> past =
                inspection.isEmpty() ? Optional.empty() : snapshot.past(query.selector(), StableCounts.LOOK_BACK);
        return new Seen(query, snapshot, inspection, past);
    }

    boolean isEmpty() {
        return inspection.isEmpty();
    }

    List<Sample> samples() {
        return inspection.samples();
    }

    double sum() {
        return StableCounts.sum(samples());
    }
}
