package dev.portcullis.rollback.exchange;

/** The parts of a command line for people. */
public final class Curl {
    private Curl() {}

    /** A word no shell changes. */
    public static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
