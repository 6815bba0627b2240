package dev.portcullis.benchmarks.calibration.rule;

import dev.portcullis.analysis.evidence.ArmCounts;
import java.util.List;

/** The canary's part of good requests in an interval, as a query would answer it. */
final class SuccessRate {
    private SuccessRate() {}

    /** Of each interval, from 0 to 1; NaN where there were no requests, so that no comparison with it holds. */
    static List<Double> each(List<ArmCounts> intervals) {
        return intervals.stream()
                .map(each -> 1 - each.canary().bad() / each.canary().total())
                .toList();
    }
}
