package dev.portcullis.kit.identity;

/** Patterns in which {@code *} stands for any number of any characters and every other character for itself. */
final class Glob {
    private Glob() {}

    /** Whether the pattern matches the whole text. Takes time in proportion to the product of both lengths at most. */
    static boolean matches(String pattern, String text) {
        int at = 0;
        int star = -1;
        int retry = 0;
        int read = 0;
        while (read < text.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at;
                at++;
                retry = read;
            } else if (at < pattern.length() && pattern.charAt(at) == text.charAt(read)) {
                at++;
                read++;
            } else if (star >= 0) {
                // What the last star stands for becomes longer by a character.
                at = star + 1;
                retry++;
                read = retry;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }
}
