package dev.portcullis.gate.console.chart;

/** How wide a text of charts is, at 12 units: more than any usual sans-serif font needs. */
final class TextWidth {
    private static final double SIZE = 12;
    private static final double NARROW = 0.34;
    private static final double USUAL = 0.6;
    private static final double WIDE = 0.92;
    private static final double BOLD = 1.12;
    private static final String NARROW_CHARACTERS = " .,:;'|!iljtf()[]I";
    private static final String WIDE_CHARACTERS = "mwMW%@";
    private static final int ASCII = 0x7f;

    private TextWidth() {}

    static double of(String text) {
        return SIZE * text.codePoints().mapToDouble(TextWidth::of).sum();
    }

    /** The same in bold. */
    static double bold(String text) {
        return BOLD * of(text);
    }

    private static double of(int character) {
        if (character > ASCII || WIDE_CHARACTERS.indexOf(character) >= 0) {
            return WIDE;
        }
        return NARROW_CHARACTERS.indexOf(character) >= 0 ? NARROW : USUAL;
    }
}
