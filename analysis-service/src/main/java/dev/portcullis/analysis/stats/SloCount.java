package dev.portcullis.analysis.stats;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import java.util.List;

/**
 * Every request is a vote on whether the canary's ratio of bad requests is above or below a limit.
 *
 * <p>The increment is {@code (bad * d - total * log1p(limit * expm1(d))) / clusterSize}. Valid when errors depend on each
 * other only within groups of at most {@code clusterSize} requests: by Hölder's inequality, the root of the product is a
 * fair bet again (Lindon, Sanden and Shirikian, "Rapid Regression Detection in Software Deployments through Sequential
 * Testing").
 */
public final class SloCount implements Increment {
    private final double clusterSize;
    private final TestDirection direction;

    /** What each request costs, by alternative: constant, since the limit is. */
    private final double[] price = new double[Grid.SIZE];

    /**
     * A test of one limit.
     *
     * @param limit ratio of bad requests, above 0, at most 1
     * @param clusterSize errors come in groups of at most this many requests, 1 or more
     */
    public SloCount(double limit, double clusterSize, TestDirection direction) {
        this.clusterSize = clusterSize;
        this.direction = direction;
        for (int k = 0; k < Grid.SIZE; k++) {
            price[k] = StrictMath.log1p(limit * StrictMath.expm1(direction.tilt(k)));
        }
    }

    @Override
    public void of(ArmCounts window, double[] increments) {
        Counts canary = window.canary();
        for (int k = 0; k < Grid.SIZE; k++) {
            increments[k] = (canary.bad() * direction.tilt(k) - canary.total() * price[k]) / clusterSize;
        }
    }

    @Override
    public List<ArmCounts> condensed(List<ArmCounts> windows) {
        return List.of(windows.stream().reduce(ArmCounts.NONE, ArmCounts::plus));
    }
}
