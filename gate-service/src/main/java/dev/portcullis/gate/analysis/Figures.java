package dev.portcullis.gate.analysis;

import java.util.List;

/**
 * The numbers of a judgement that are shown to people and programs; all finite.
 *
 * @param successRate ratio of good requests since the release began, 0 to 1, of the objective that is told about; -1 while nothing was counted
 * @param burnRate bad ratio / allowed bad ratio of the same objective, 0 or more; -1 while nothing was counted
 * @param evidence the combined evidence and its thresholds
 * @param objective name of the SLO that the explanation is about; empty when there is none
 * @param objectives every objective with numbers of its own, in the order of the policy
 */
public record Figures(
        Arms successRate, Arms burnRate, Ratios evidence, String objective, List<ObjectiveFigures> objectives) {
    /** What there is to show before anything was judged: nothing counted, no evidence, the default error bounds. */
    public static final Figures NONE =
            new Figures(Arms.NOTHING_COUNTED, Arms.NOTHING_COUNTED, new Ratios(1, 1, 100, 20), "", List.of());

    public Figures {
        objectives = List.copyOf(objectives);
    }

    /** Told about one of the objectives; about none when none has that name. */
    public static Figures about(String objective, Ratios evidence, List<ObjectiveFigures> objectives) {
        return objectives.stream()
                .filter(one -> one.slo().equals(objective))
                .findFirst()
                .map(one -> new Figures(one.successRate(), one.burnRate(), evidence, objective, objectives))
                .orElseGet(() -> new Figures(Arms.NOTHING_COUNTED, Arms.NOTHING_COUNTED, evidence, "", objectives));
    }

    /** One number for each arm. */
    public record Arms(double canary, double baseline) {
        /** Neither arm has counts. */
        public static final Arms NOTHING_COUNTED = new Arms(-1, -1);
    }

    /**
     * Evidence as plain ratios (e-values), 0 to 1e12.
     *
     * @param fail for "the canary is beyond its limits"
     * @param pass for "the canary is within its limits"
     * @param failThreshold FAIL at or above
     * @param passThreshold PASS at or above
     */
    public record Ratios(double fail, double pass, double failThreshold, double passThreshold) {}
}
