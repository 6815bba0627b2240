package dev.portcullis.gate.evidence;

import dev.portcullis.gate.analysis.TestKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What is known of one objective.
 *
 * @param slo name of the SLO
 * @param target the promised ratio of good requests, inside (0, 1)
 * @param weight its share of the evidence against, 0 to 1; 0 for one that is only shown
 * @param threshold the slowest good latency, in the unit of its metric; empty when it is no latency
 * @param canary the canary's requests
 * @param baseline the baseline's; nothing without one
 * @param limits what it is held against
 * @param ratio bounds on the canary's ratio of bad requests
 * @param relative bounds on that ratio divided by the baseline's; empty without a baseline
 * @param quantiles bounds on quantiles of a latency; may be empty
 * @param culprits tests of it whose evidence alone fails the canary
 * @param held whether the baseline fails alike, so that not all evidence against the canary counts
 * @param pods the canary's pods, most bad requests first
 * @param otherPods those not told one by one; empty when there are none
 */
public record ObjectiveDetail(
        String slo,
        double target,
        double weight,
        OptionalDouble threshold,
        RequestCount canary,
        RequestCount baseline,
        Limits limits,
        Interval ratio,
        Optional<Interval> relative,
        List<QuantileInterval> quantiles,
        Set<TestKind> culprits,
        boolean held,
        List<PodCount> pods,
        Optional<OtherPods> otherPods) {
    /** Keeps its own copies. */
    public ObjectiveDetail {
        quantiles = List.copyOf(quantiles);
        culprits = Set.copyOf(culprits);
        pods = List.copyOf(pods);
    }

    /**
     * What an objective is held against.
     *
     * @param failRatio the largest ratio of bad requests that is tolerated, inside (0, 1)
     * @param comparison what is tolerated beside the baseline; empty without one
     */
    public record Limits(double failRatio, Optional<Comparison> comparison) {}

    /**
     * What is tolerated beside a baseline: {@code factor} times its ratio of bad requests plus {@code margin}.
     *
     * @param factor above 0
     * @param margin a ratio of requests, 0 to 1
     */
    public record Comparison(double factor, double margin) {
        /** The same as a multiple of the baseline's ratio, which is above 0. */
        public double multiple(double baseline) {
            return factor + margin / baseline;
        }
    }

    /**
     * Between which bucket boundaries a quantile of the canary's latency is.
     *
     * @param quantile inside (0, 1)
     */
    public record QuantileInterval(double quantile, Interval bounds) {}

    /**
     * Requests of one pod of the canary.
     *
     * @param pod labels that name it
     */
    public record PodCount(String pod, RequestCount requests) {}

    /**
     * Pods that are not told one by one.
     *
     * @param serving how many have served a request
     * @param failing how many of them have bad ones
     */
    public record OtherPods(int serving, int failing, RequestCount requests) {}
}
