package dev.portcullis.analysis.mannwhitney;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import java.util.List;
import java.util.function.Function;

/**
 * The bad ratio of one arm in each window: bad over total, where there was a request.
 *
 * @param measured ratios of the windows with requests, each 0 to 1
 * @param missing windows without a request: what Kayenta has as NaN
 */
record ArmRatios(SortedSample measured, int missing) {
    static ArmRatios of(List<ArmCounts> windows, Function<ArmCounts, Counts> arm) {
        double[] ratios = windows.stream()
                .map(arm)
                .filter(counts -> counts.total() > 0)
                .mapToDouble(counts -> counts.bad() / counts.total())
                .toArray();
        return new ArmRatios(SortedSample.of(ratios), windows.size() - ratios.length);
    }

    /** What the test is given. */
    SortedSample values(NanStrategy strategy) {
        return switch (strategy) {
            case REMOVE -> measured;
            case REPLACE -> measured.withZeros(missing);
        };
    }

    ArmSummary summary() {
        return new ArmSummary(measured.size(), missing, measured.mean());
    }
}
