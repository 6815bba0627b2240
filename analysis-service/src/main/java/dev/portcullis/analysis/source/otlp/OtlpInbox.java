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
public final class OtlpInbox {
    private final Set<OtlpSource> sources = Collections.newSetFromMap(new WeakHashMap<>());

    synchronized void add(OtlpSource source) {
        sources.add(source);
    }

    /** Hands points to every source; answers what the one that refused most did not take. */
    Refusals take(List<Point> points) {
        return open().stream()
                .map(source -> source.take(points))
                .max(Comparator.comparingLong(Refusals::total))
                .orElseGet(() -> noSource(points));
    }

    private static Refusals noSource(List<Point> points) {
        Refusals all = new Refusals();
        points.forEach(point -> all.add(Refusal.NO_SOURCE, point.metric(), 1));
        return all;
    }

    private synchronized List<OtlpSource> open() {
        return List.copyOf(sources);
    }
}
