package dev.portcullis.benchmarks.calibration.rule;

import dev.portcullis.benchmarks.calibration.workload.Polls;

/**
 * What must not be done: sum the counts of the whole run first and compare the arms then, with traffic weights that change meanwhile (Simpson's paradox). The judge sees
 * one window.
 *
 * @param name in tables
 * @param judgeRule how that window is judged
 */
public record PooledRule(String name, JudgeRule judgeRule) implements CanaryRule {
    @Override
    public CanaryOutcome run(Polls polls) {
        return judgeRule.run(new Polls(polls.windows(polls.counts().size())));
    }
}
