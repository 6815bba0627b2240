package dev.portcullis.analysis.source.prometheus;

/** Texts from outside, fit for a line of ours. */
final class OneLine {
    private static final int LONGEST = 200;

    private OneLine() {}

    /** Without line breaks, and cut off when it is long. */
    static String of(String text) {
        return of(text, LONGEST);
    }

    /** The same, cut off after so many characters. */
    static String of(String text, int longest) {
        String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.length() <= longest ? line : line.substring(0, longest) + "...";
    }
}
