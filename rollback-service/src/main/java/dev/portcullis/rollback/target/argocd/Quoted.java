package dev.portcullis.rollback.target.argocd;

/** Words of a command line for people. */
final class Quoted {
    private Quoted() {}

    /** A word no shell changes; in quotes only when it needs them. */
    static String word(String word) {
        return word.matches("[A-Za-z0-9._/:@=+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
