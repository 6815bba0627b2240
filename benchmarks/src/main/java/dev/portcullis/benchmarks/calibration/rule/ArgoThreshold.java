package dev.portcullis.benchmarks.calibration.rule;

import dev.portcullis.benchmarks.calibration.workload.Polls;
import java.util.List;

/**
 * A metric of an Argo Rollouts AnalysisTemplate with {@code successCondition: result >= leastSuccess}: one measurement of the canary's success rate per interval. The
 * run fails, and the rollout aborts, as soon as more than {@code failureLimit} measurements have failed; it succeeds after {@code count} measurements.
 *
 * @param name in tables
 * @param leastSuccess rate of good requests, 0 to 1
 * @param failureLimit failed measurements that are borne, 0 or more
 * @param intervalPolls polls of an interval
 * @param count measurements, 1 or more
 */
public record ArgoThreshold(String name, double leastSuccess, int failureLimit, int intervalPolls, int count)
        implements CanaryRule {
    @Override
    public CanaryOutcome run(Polls polls) {
        return run(SuccessRate.each(polls.windows(intervalPolls)));
    }

    CanaryOutcome run(List<Double> measurements) {
        var seconds = intervalPolls * Polls.SECONDS;
        var failed = 0;
        for (var taken = 1; taken <= Math.min(count, measurements.size()); taken++) {
            failed += measurements.get(taken - 1) >= leastSuccess ? 0 : 1;
            if (failed > failureLimit) {
                return CanaryOutcome.aborted(taken * seconds);
            }
        }
        return measurements.size() < count
                ? CanaryOutcome.undecided(measurements.size() * seconds)
                : CanaryOutcome.promoted(count * seconds);
    }
}
