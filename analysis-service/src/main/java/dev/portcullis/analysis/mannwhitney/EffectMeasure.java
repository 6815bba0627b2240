package dev.portcullis.analysis.mannwhitney;

import java.util.OptionalDouble;

/** How the size of a change is measured; Kayenta's {@code effectSize.measure}. */
public enum EffectMeasure {
    /** Mean of the canary over mean of the baseline; 1 is no change. Undefined when either mean is 0. */
    MEAN_RATIO(1, 1e9) {
        @Override
        OptionalDouble of(SortedSample canary, SortedSample baseline, Shift shift) {
            double above = canary.mean();
            double below = baseline.mean();
            return above == 0 || below == 0 ? OptionalDouble.empty() : finite(above / below);
        }
    },
    /**
     * Common language effect size: the share of pairs in which the canary's value is the larger one, ties counted half; 0.5
     * is no change. Source: Vargha and Delaney, "A critique and improvement of the CL common language effect size
     * statistics of McGraw and Wong" (2000).
     */
    CLES(0.5, 1) {
        @Override
        OptionalDouble of(SortedSample canary, SortedSample baseline, Shift shift) {
            return OptionalDouble.of(shift.u() / ((double) canary.size() * baseline.size()));
        }
    };

    private final double noChange;
    private final double largest;

    EffectMeasure(double noChange, double largest) {
        this.noChange = noChange;
        this.largest = largest;
    }

    /** The size when nothing changed: 1 or 0.5. */
    public double noChange() {
        return noChange;
    }

    /** The largest limit that makes sense. */
    public double largest() {
        return largest;
    }

    /** The size of the change; empty when it is not defined. */
    abstract OptionalDouble of(SortedSample canary, SortedSample baseline, Shift shift);

    private static OptionalDouble finite(double ratio) {
        return Double.isFinite(ratio) ? OptionalDouble.of(ratio) : OptionalDouble.empty();
    }
}
