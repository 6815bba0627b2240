package dev.portcullis.analysis.source.otlp;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * What connects the receiver with the sources of the configuration: all of them get everything. A source that the configuration does not hold any more is let go.
 * Thread-safe.
 */
public final class OtlpDispatcher {
    private final Set<OtlpSource> sources = Collections.newSetFromMap(new WeakHashMap<>());

    synchronized void add(OtlpSource source) {
        sources.add(source);
    }

    /** Hands points to every source; answers what the one that refused most did not take. */
    RejectedPoints take(List<DataPoint> points) {
        return open().stream()
                .map(source -> source.take(points))
                .max(Comparator.comparingLong(RejectedPoints::total))
                .orElseGet(() -> noSource(points));
    }

    private static RejectedPoints noSource(List<DataPoint> points) {
        RejectedPoints all = new RejectedPoints();
        points.forEach(point -> all.add(RejectionReason.NO_SOURCE, point.metric(), 1));
        return all;
    }

    private synchronized List<OtlpSource> open() {
        return List.copyOf(sources);
    }
}
