package dev.portcullis.rollback.plan;

import java.time.Duration;

/**
 * Whether and how it is proved that users recovered.
 *
 * @param check whether it is looked at all
 * @param within how long after the traffic is back the proof may take; above zero
 * @param withoutProof what an end of that time with neither proof nor its opposite is
 */
public record Recovery(boolean check, Duration within, WithoutProof withoutProof) {
    /** What a recovery nobody could prove counts as. */
    public enum WithoutProof {
        /** A person is asked. */
        NEEDS_HUMAN,
        /** The rollback succeeded, and says that recovery was not proved. */
        ACCEPT
    }

    public Recovery {
        if (!within.isPositive()) {
            throw new IllegalArgumentException("within is " + within + "; legal: above zero");
        }
    }
}
