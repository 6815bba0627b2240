package dev.portcullis.analysis.stats;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Every error is a vote on whether the canary fails more or less often than {@code factor * baseline + margin}.
 *
 * <p>With {@code pi} the canary's expected share of the errors and {@code u = expm1(d)} the increment is
 * {@code [Kc*d - (Kc+Kb)*log1p(pi*u) - nc*margin*(1-pi)*u/(1+pi*u)] / clusterSize}. Exact for binomial and Poisson counts
 * whatever the baseline's rate, its drift and the traffic split, when errors depend on each other only within groups of
 * at most {@code clusterSize} requests. With {@link TestDirection#BETTER} and a margin, quiet windows earn evidence.
 *
 * @param factor above 0
 * @param margin ratio of requests, 0 to 1
 * @param clusterSize errors come in groups of at most this many requests, 1 or more
 */
public record BaselineCount(double factor, double margin, double clusterSize, TestDirection direction)
        implements Increment {
    /** {@code expm1} of each tilt, by direction. */
    private static final double[][] LIFTS = {lifts(TestDirection.WORSE), lifts(TestDirection.BETTER)};

    @Override
    public void of(ArmCounts window, double[] increments) {
        Counts canary = window.canary();
        Counts baseline = window.baseline();
        if (canary.total() == 0 || baseline.total() == 0) {
            Arrays.fill(increments, 0);
            return;
        }
        double share = ErrorSplit.share(canary, baseline, factor);
        double errors = canary.bad() + baseline.bad();
        double allowance = canary.total() * margin * ErrorSplit.rest(canary, baseline, factor);
        double[] lifts = LIFTS[direction.ordinal()];
        for (int k = 0; k < Grid.SIZE; k++) {
            double lifted = share * lifts[k];
            double divided = canary.bad() * direction.tilt(k) - errors * StrictMath.log1p(lifted);
            increments[k] = (divided - allowance * lifts[k] / (1 + lifted)) / clusterSize;
        }
    }

    /** Sums windows with the same traffic split; windows with different splits must not be pooled (Simpson's paradox). */
    @Override
    public List<ArmCounts> condensed(List<ArmCounts> windows) {
        return List.copyOf(windows.stream()
                .filter(w -> w.canary().total() > 0 && w.baseline().total() > 0)
                .collect(
                        Collectors.toMap(w -> ErrorSplit.perRequest(w.canary(), w.baseline()), w -> w, ArmCounts::plus))
                .values());
    }

    private static double[] lifts(TestDirection direction) {
        double[] values = new double[Grid.SIZE];
        for (int k = 0; k < Grid.SIZE; k++) {
            values[k] = StrictMath.expm1(direction.tilt(k));
        }
        return values;
    }
}
