package dev.portcullis.analysis.tool.detection;

/**
 * The traffic that a policy is asked about.
 *
 * @param canary requests per second, {@link #LEAST} to {@link #MOST}
 * @param baseline requests per second to the stable version, {@link #LEAST} to {@link #MOST}; 0 when there is none to
 *     compare with
 * @param stableBudget what the stable version uses of each objective's budget of bad requests, {@link #LEAST_BUDGET} to
 *     {@link #MOST_BUDGET}; 1 is exactly on target
 */
public record AssumedTraffic(double canary, double baseline, double stableBudget) {
    /** The fewest requests per second. */
    public static final double LEAST = 0.001;

    /** The most requests per second. */
    public static final double MOST = 1e7;

    /** The smallest share of a budget. */
    public static final double LEAST_BUDGET = 0.001;

    /** The largest share of a budget. */
    public static final double MOST_BUDGET = 10;

    /** Half of the budget, where a service that keeps its objective may be presumed to be. */
    public static final double USUAL_BUDGET = 0.5;

    /** Refuses figures out of their ranges. */
    public AssumedTraffic {
        require("canary", canary, LEAST, MOST);
        if (baseline != 0) {
            require("baseline", baseline, LEAST, MOST);
        }
        require("stableBudget", stableBudget, LEAST_BUDGET, MOST_BUDGET);
    }

    private static void require(String what, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(what + " is " + value + ", must be in [" + least + ", " + most + "]");
        }
    }

    /** Whether there is a stable version to compare with. */
    public boolean compares() {
        return baseline > 0;
    }
}
