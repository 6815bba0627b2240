package dev.portcullis.analysis.slo;

import org.jspecify.annotations.Nullable;

/**
 * What a canary is compared with, besides its SLOs.
 *
 * @param kind which way
 * @param label the label that names the pods of a named set; null with another kind
 * @param value the value of it; null with another kind
 */
public record BaselineChoice(
        Kind kind, @Nullable String label, @Nullable String value) {
    /** The ways. */
    public enum Kind {
        /** All pods of the stable version, as whoever begins the analysis names it. */
        STABLE,
        /** Pods that are named by a label of their own, such as pods of the old version that were started together with the canary. */
        NAMED_SET,
        /** With nothing at the same time: only the SLOs are tested, and the previous release's record is told beside it. */
        PREVIOUS_RELEASE
    }

    /** The default. */
    public static final BaselineChoice STABLE = new BaselineChoice(Kind.STABLE, null, null);

    /** No concurrent baseline. */
    public static final BaselineChoice PREVIOUS_RELEASE = new BaselineChoice(Kind.PREVIOUS_RELEASE, null, null);

    /** A named set needs a name, and nothing else has one. */
    public BaselineChoice {
        if ((kind == Kind.NAMED_SET) != (label != null && value != null)) {
            throw new IllegalArgumentException(kind + " with label " + label + " and value " + value);
        }
    }

    /** The pods with this value of this label. */
    public static BaselineChoice namedSet(String label, String value) {
        return new BaselineChoice(Kind.NAMED_SET, label, value);
    }
}
