package dev.portcullis.benchmarks.calibration.workload;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A canary and its baseline.
 *
 * @param name in tables
 * @param scenario traffic and error ratios over time
 * @param canary groups of the canary's errors
 * @param baseline groups of the baseline's errors
 */
public record Workload(String name, Scenario scenario, Clumping canary, Clumping baseline) {
    /** A workload whose errors come in the same groups in both arms. */
    public Workload(String name, Scenario scenario, Clumping clumping) {
        this(name, scenario, clumping, clumping);
    }

    /** One run of this workload. */
    public Polls sample(UniformRandomProvider random, int polls) {
        return new Polls(scenario.draw(random, polls).stream()
                .map(now -> counts(random, now))
                .toList());
    }

    private ArmCounts counts(UniformRandomProvider random, Conditions now) {
        return new ArmCounts(
                new Counts(canary.bad(random, now.canaryRequests(), now.canaryRatio()), now.canaryRequests()),
                new Counts(baseline.bad(random, now.baselineRequests(), now.baselineRatio()), now.baselineRequests()));
    }
}
