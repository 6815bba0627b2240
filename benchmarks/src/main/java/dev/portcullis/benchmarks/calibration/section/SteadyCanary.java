package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.benchmarks.calibration.rule.SimulatedPolicies;
import dev.portcullis.benchmarks.calibration.workload.Clumping;
import dev.portcullis.benchmarks.calibration.workload.Scenario;
import dev.portcullis.benchmarks.calibration.workload.Workload;
import dev.portcullis.kit.text.NumberText;

/**
 * A canary that is the same all the time, beside a baseline with nine times its traffic.
 *
 * @param rate requests per second of the canary
 * @param clumping groups of errors in both arms
 * @param baseline ratio of bad requests, 0 to 1
 * @param canary ratio of bad requests, 0 to 1
 */
record SteadyCanary(int rate, Clumping clumping, double baseline, double canary) {
    private static final double SPLIT = 9;

    Workload workload() {
        var name = rate + " " + clumping.label() + " " + NumberText.percent(baseline, 6) + " -> "
                + NumberText.percent(canary, 6);
        return new Workload(name, Scenario.steady(rate, SPLIT * rate, canary, baseline), clumping);
    }

    /** Whether the default policy must not abort it. */
    boolean isWithinLimits() {
        return canary <= Math.min(SimulatedPolicies.SLO_FAIL, SimulatedPolicies.baselineFail(baseline));
    }

    /** Whether the default policy must not promote it. */
    boolean isBeyondPassLimits() {
        return canary >= Math.min(SimulatedPolicies.SLO_PASS, SimulatedPolicies.baselinePass(baseline));
    }
}
