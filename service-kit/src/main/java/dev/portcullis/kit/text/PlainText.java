package dev.portcullis.kit.text;

/**
 * Text of others (an answer's body, a label, a header, the message of an exception) in a form that every place takes: a message field, a row of the database, a log
 * line, a gRPC status. Stateless.
 */
public final class PlainText {
    private PlainText() {}

    /**
     * The text with visible escapes such as {@code \}{@code u0000} in place of what a database or UTF-8 cannot hold or what acts on a terminal: control characters
     * but line feed and tab, and unpaired surrogates. A text without them is returned as it is.
     */
    public static String of(String text) {
        if (text.codePoints().noneMatch(PlainText::escaped)) {
            return text;
        }
        var plain = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> append(plain, c));
        return plain.toString();
    }

    private static void append(StringBuilder plain, int codePoint) {
        if (escaped(codePoint)) {
            plain.append("\\u%04x".formatted(codePoint));
        } else {
            plain.appendCodePoint(codePoint);
        }
    }

    /** {@code codePoints()} leaves only unpaired surrogates as such. */
    private static boolean escaped(int codePoint) {
        return Character.isISOControl(codePoint) && codePoint != '\n' && codePoint != '\t'
                || Character.getType(codePoint) == Character.SURROGATE;
    }
}
