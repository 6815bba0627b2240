package dev.portcullis.analysis.store;

import dev.portcullis.analysis.run.OpenWindow;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The form of the window being counted, in analysis.open_window. */
record StoredOpenWindow(
        Instant start,
        Instant due,
        Optional<Instant> lastRead,
        Optional<Instant> passedOver,
        Map<String, StoredObservation> counts,
        Map<String, Map<String, StoredCounts>> baselinePods) {
    static StoredOpenWindow of(OpenWindow open) {
        return new StoredOpenWindow(
                open.start(),
                open.due(),
                Optional.ofNullable(open.lastRead()),
                Optional.ofNullable(open.passedOver()),
                Elements.of(open.counts(), StoredObservation::of),
                Elements.of(open.baselinePods(), pods -> Elements.of(pods, StoredCounts::of)));
    }

    OpenWindow window() {
        return new OpenWindow(
                start,
                due,
                lastRead.orElse(null),
                passedOver.orElse(null),
                Elements.of(counts, StoredObservation::observation),
                Elements.of(baselinePods, pods -> Elements.of(pods, StoredCounts::counts)));
    }
}
