package dev.portcullis.rollback.target.webhook;

/** The parts of a command line for people. */
final class Curl {
    private Curl() {}

    /** A word no shell changes. */
    static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
