package dev.portcullis.analysis.mannwhitney;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Windows as the tests need them, of 1000 requests per arm. */
final class Windows {
    private static final double REQUESTS = 1000;

    private Windows() {}

    /** So many windows; each function gives the bad requests of window i, NaN for no request at all. */
    static List<ArmCounts> of(int count, IntToDoubleFunction canary, IntToDoubleFunction baseline) {
        return IntStream.range(0, count)
                .mapToObj(i -> new ArmCounts(counts(canary.applyAsDouble(i)), counts(baseline.applyAsDouble(i))))
                .toList();
    }

    /** Windows that go up and down a little around these numbers of bad requests. */
    static List<ArmCounts> around(int count, double canary, double baseline) {
        return of(count, i -> canary + i % 5, i -> baseline + (i + 2) % 5);
    }

    static List<ArmCounts> healthy() {
        return around(60, 10, 10);
    }

    static List<ArmCounts> worse() {
        return around(60, 30, 10);
    }

    static List<ArmCounts> better() {
        return around(60, 10, 30);
    }

    private static Counts counts(double bad) {
        return Double.isNaN(bad) ? Counts.NONE : new Counts(bad, REQUESTS);
    }
}
