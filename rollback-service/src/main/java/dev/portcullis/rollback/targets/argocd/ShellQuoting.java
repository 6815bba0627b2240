package dev.portcullis.rollback.targets.argocd;

/** Words of a command line for people. */
final class ShellQuoting {
    private ShellQuoting() {}

    /** A word no shell changes; in quotes only when it needs them. */
    static String word(String word) {
        return word.matches("[A-Za-z0-9._/:@=+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
