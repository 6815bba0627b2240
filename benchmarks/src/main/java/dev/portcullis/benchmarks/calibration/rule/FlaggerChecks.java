package dev.portcullis.benchmarks.calibration.rule;

import dev.portcullis.benchmarks.calibration.workload.Polls;
import java.util.List;

/**
 * A Flagger canary with the built-in metric {@code request-success-rate}: a check per interval. A passed check takes the canary one step on, and after {@code steps} of
 * them it is promoted; a failed check leaves it where it is. Failed checks are never forgiven: at the check that finds {@code threshold} of them it is rolled back.
 *
 * @param name in tables
 * @param leastSuccess rate of good requests, 0 to 1
 * @param threshold failed checks that cause a rollback, 1 or more
 * @param steps maxWeight / stepWeight, 1 or more
 * @param intervalPolls polls of an interval
 */
public record FlaggerChecks(String name, double leastSuccess, int threshold, int steps, int intervalPolls)
        implements CanaryRule {
    @Override
    public CanaryOutcome run(Polls polls) {
        return run(SuccessRate.each(polls.windows(intervalPolls)));
    }

    CanaryOutcome run(List<Double> checks) {
        var seconds = intervalPolls * Polls.SECONDS;
        var passed = 0;
        for (var taken = 1; taken <= checks.size(); taken++) {
            // The number of failed checks is looked at before the metric is.
            if (taken - 1 - passed >= threshold) {
                return CanaryOutcome.aborted(taken * seconds);
            }
            passed += checks.get(taken - 1) >= leastSuccess ? 1 : 0;
            if (passed == steps) {
                return CanaryOutcome.promoted(taken * seconds);
            }
        }
        return CanaryOutcome.undecided(checks.size() * seconds);
    }
}
