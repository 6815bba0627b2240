package dev.portcullis.analysis.judge;

import dev.portcullis.analysis.evidence.Observation;
import java.util.List;

/**
 * What a canary is held against, fixed before its first window.
 *
 * @param alpha bound on the chance of ever failing a canary that is within all limits, inside (0, 0.5)
 * @param beta bound on the chance of ever passing a canary that is beyond a PASS limit of any gating objective, inside
 *     (0, 0.5)
 * @param plannedWindows windows over which the start of a regression is spread, normally those up to the deadline, 0 to
 *     100000; 0 for no spreading (plain mixture)
 * @param minFailWindows windows with a canary error, in the test that speaks loudest, needed before a FAIL, 0 to 100000; only ever
 *     removes FAILs
 * @param objectives one or more
 */
public record JudgePlan(
        double alpha, double beta, int plannedWindows, int minFailWindows, List<ObjectivePlan> objectives) {
    static final LegalRange CLUSTER_SIZES = LegalRange.between(1, 1e6);
    private static final LegalRange ERROR_BOUNDS = LegalRange.inside(0, 0.5);
    private static final LegalRange WINDOWS = LegalRange.between(0, 100_000);

    /**
     * Refuses a plan that guarantees nothing.
     *
     * @throws InvalidPlanException naming {@code alpha}, {@code beta}, {@code planned_windows},
     *     {@code min_fail_windows} or {@code objectives}
     */
    public JudgePlan {
        ERROR_BOUNDS.check("alpha", alpha);
        ERROR_BOUNDS.check("beta", beta);
        WINDOWS.check("planned_windows", plannedWindows);
        WINDOWS.check("min_fail_windows", minFailWindows);
        objectives = List.copyOf(objectives);
        if (objectives.isEmpty()) {
            throw new InvalidPlanException("objectives", objectives, "one objective or more");
        }
    }

    /** Log evidence at which a canary fails. */
    public double failThreshold() {
        return -StrictMath.log(alpha);
    }

    /** Log evidence that every gating PASS test needs. */
    public double passThreshold() {
        return -StrictMath.log(beta);
    }

    double totalWeight() {
        return objectives.stream().mapToDouble(ObjectivePlan::weight).sum();
    }

    /**
     * Refuses a window that has not what the plan looks at.
     *
     * @param given what was seen in it
     * @param number its place, from 0, for the message
     * @throws InvalidPlanException naming {@code windows[number].observations} or one of them
     */
    void requireObservations(List<Observation> given, int number) {
        if (given.size() != objectives.size()) {
            throw new InvalidPlanException(
                    "windows[" + number + "].observations",
                    given.size() + " observations",
                    objectives.size() + ", one per objective of the plan");
        }
        for (int j = 0; j < given.size(); j++) {
            int cuts = given.get(j).cuts().size();
            int expected = objectives.get(j).cuts().number();
            if (cuts != expected) {
                throw new InvalidPlanException(
                        "windows[" + number + "].observations[" + j + "].cuts",
                        cuts + " cuts",
                        expected + ", as the plan has");
            }
        }
    }
}
