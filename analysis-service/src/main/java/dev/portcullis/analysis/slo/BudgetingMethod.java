package dev.portcullis.analysis.slo;

import java.time.Duration;

/** What of an SLO's period has to be good: the {@code budgetingMethod} of OpenSLO. */
public sealed interface BudgetingMethod {
    /** The default: of all requests, the promised part. */
    BudgetingMethod OCCURRENCES = new Occurrences();

    /**
     * The ratio of good requests that a single stretch of time is held against, and so a canary.
     *
     * @param target of the SLO, in (0, 1)
     */
    double requestTarget(double target);

    /** Of all requests of the period the promised part is good, whenever they came. */
    record Occurrences() implements BudgetingMethod {
        @Override
        public double requestTarget(double target) {
            return target;
        }
    }

    /**
     * Of all slices of time the promised part is good. A slice is good when its requests are, to a part of their own; one without requests
     * is none.
     *
     * @param target the part of a slice's requests that has to be good, in (0, 1)
     * @param window how long a slice is, whole seconds
     */
    record Timeslices(double target, Duration window) implements BudgetingMethod {
        public Timeslices {
            if (!(target > 0 && target < 1)) {
                throw new IllegalArgumentException("target: " + target + " is not in (0, 1)");
            }
            if (!window.isPositive() || window.getNano() != 0) {
                throw new IllegalArgumentException("window: " + window + " is not whole seconds above 0");
            }
        }

        /** The slice's own, since no canary is a whole period: it must not be worse than a good slice may be. */
        @Override
        public double requestTarget(double ofTheSlo) {
            return target;
        }

        /** Whether a length of time is cut into whole slices. */
        public boolean divides(Duration length) {
            return length.toSeconds() % window.toSeconds() == 0;
        }
    }
}
