package dev.portcullis.analysis.source.prometheus;

/** Texts from outside, fit for a line of ours. */
final class OneLine {
    private static final int LONGEST = 200;
    /** A body of many megabytes need not be gone through for its first words. */
    private static final int LOOKED_AT = 10_000;

    private OneLine() {}

    /** Without line breaks, and cut off when it is long. */
    static String of(String text) {
        return of(text, LONGEST);
    }

    /** The same, cut off after so many characters. */
    static String of(String text, int longest) {
        String line = text.substring(0, Math.min(text.length(), LOOKED_AT))
                .replaceAll("[\\s\\p{Cntrl}]+", " ")
                .strip();
        return line.length() <= longest ? line : line.substring(0, longest) + "...";
    }
}
