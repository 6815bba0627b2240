package dev.portcullis.launcher.release;

/** The colours of a chart. */
public interface Paint {
    /** None. */
    Paint NONE = (colour, text) -> text;

    /** The text in a colour. */
    String in(Colour colour, String text);

    /** What has a colour of its own. */
    enum Colour {
        /** The canary, and the evidence against it. */
        CANARY,
        /** The stable version, and the evidence for the canary. */
        STABLE,
        /** A limit, and odds that abort. */
        LIMIT,
        /** Odds that promote. */
        GOAL,
        /** Axes. */
        AXIS
    }
}
