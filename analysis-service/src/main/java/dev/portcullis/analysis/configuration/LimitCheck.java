package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.slo.CanaryLimits;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.kit.configuration.YamlMapping;

/** Whether limits that are legal by themselves make sense for the target of an objective. */
final class LimitCheck {
    /** The largest bad ratio that a test against an SLO is defined for. */
    static final double LARGEST_RATIO = 0.9;

    private LimitCheck() {}

    static void check(YamlMapping entry, Objective objective, CanaryLimits limits) {
        double budget = 1 - objective.target();
        atMost(entry, objective, "slo.burnFail", limits.burnFail(), budget, LARGEST_RATIO);
        atMost(entry, objective, "slo.burnPass", limits.burnPass(), budget, LARGEST_RATIO);
        atMost(entry, objective, "baseline.failMargin", limits.failMargin(), budget, 1);
        atMost(entry, objective, "baseline.passMargin", limits.passMargin(), budget, 1);
    }

    private static void atMost(
            YamlMapping entry, Objective objective, String key, double factor, double budget, double largest) {
        double ratio = factor * budget;
        if (!(ratio <= largest)) {
            entry.fault(
                    "slo",
                    "analysis." + key + " is " + factor + ", so that the limit of '" + objective.name()
                            + "' (target " + objective.target() + ") would be a bad ratio of " + shown(ratio)
                            + "; legal: at most " + largest + ", that is analysis." + key + " up to "
                            + shown(largest / budget));
        }
    }

    /** Cut off, not rounded: what is named as legal has to be. */
    private static double shown(double value) {
        return Math.floor(value * 1000) / 1000;
    }
}
