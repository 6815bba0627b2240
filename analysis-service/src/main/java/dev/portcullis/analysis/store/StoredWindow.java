package dev.portcullis.analysis.store;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Halves;
import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.run.Window;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The form of a window where all of an analysis are in one document, in their order.
 *
 * @param counts by objective, for each cut: the canary's bad and all requests, the baseline's bad and all requests
 * @param halves by objective: bad and all requests of the baseline's first half, and of its second
 */
record StoredWindow(
        Instant start,
        Instant end,
        SortedMap<String, List<List<Double>>> counts,
        SortedMap<String, List<Double>> halves) {
    static StoredWindow of(Window window) {
        return new StoredWindow(
                window.start(),
                window.end(),
                new TreeMap<>(Elements.of(window.counts(), StoredWindow::cuts)),
                new TreeMap<>(
                        Elements.of(window.baselineHalves(), halves -> numbers(halves.first(), halves.second()))));
    }

    private static List<List<Double>> cuts(Observation observation) {
        return Elements.of(observation.cuts(), cut -> numbers(cut.canary(), cut.baseline()));
    }

    private static List<Double> numbers(Counts one, Counts other) {
        return List.of(one.bad(), one.total(), other.bad(), other.total());
    }

    /** The windows of an analysis. */
    static List<Window> windows(List<StoredWindow> all) {
        return IntStream.range(0, all.size())
                .mapToObj(i -> all.get(i).window(i + 1))
                .toList();
    }

    private Window window(int index) {
        return new Window(
                index,
                start,
                end,
                Elements.of(counts, StoredWindow::observation),
                Elements.of(halves, four -> new Halves(first(four), second(four))));
    }

    private static Observation observation(List<List<Double>> cuts) {
        return new Observation(Elements.of(cuts, four -> new ArmCounts(first(four), second(four))));
    }

    private static Counts first(List<Double> four) {
        return new Counts(four.get(0), four.get(1));
    }

    private static Counts second(List<Double> four) {
        return new Counts(four.get(2), four.get(3));
    }
}
