package dev.portcullis.kit.text;

import java.util.Locale;

/**
 * Text of others (an answer's body, a label, a header, the message of an exception) in a form that every place takes: a message field, a row of the database, a log
 * line, a gRPC status. Stateless.
 */
public final class PlainText {
    private static final String CUT = "...";
    private static final int LINE_SEPARATOR = 0x2028;
    private static final int RIGHT_TO_LEFT_OVERRIDE = 0x202e;
    private static final int LEFT_TO_RIGHT_ISOLATE = 0x2066;
    private static final int POP_DIRECTIONAL_ISOLATE = 0x2069;

    private PlainText() {}

    /**
     * The text with visible escapes such as {@code \}{@code u0000} in place of what a database or UTF-8 cannot hold, what acts on a terminal, or what makes a text look
     * like another one: control characters but line feed and tab, unpaired surrogates, the separators of lines and paragraphs, and what turns the direction of the
     * text around it (embeddings, overrides and isolates of Unicode's bidirectional algorithm). A text without them is returned as it is.
     */
    public static String of(String text) {
        if (text.codePoints().noneMatch(PlainText::escaped)) {
            return text;
        }
        var plain = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> append(plain, c));
        return plain.toString();
    }

    /**
     * The text on one line: as {@link #of}, with a space in place of each line feed and tab, and its end left out where it is too long.
     *
     * @param mostBytes how long it may be in UTF-8, the "..." in place of a missing end included; 4 or more
     */
    public static String line(String text, int mostBytes) {
        // Nothing behind it can be shown, however few bytes a character takes.
        var beginning = text.length() <= mostBytes ? text : text.substring(0, mostBytes + 1);
        var line = of(beginning).replace('\n', ' ').replace('\t', ' ');
        var all = fitting(line, mostBytes);
        return all == line.length() ? line : line.substring(0, fitting(line, mostBytes - CUT.length())) + CUT;
    }

    /** A character as its escape. */
    static String escape(int codePoint) {
        return String.format(Locale.ROOT, "\\u%04x", codePoint);
    }

    /** {@code codePoints()} leaves only unpaired surrogates as such. */
    static boolean unsafe(int codePoint) {
        return (Character.isISOControl(codePoint) && codePoint != '\n' && codePoint != '\t')
                || Character.getType(codePoint) == Character.SURROGATE;
    }

    /** Whether nobody sees a character that shows what is around it in another order, or on another line. */
    static boolean rearranges(int codePoint) {
        return (codePoint >= LINE_SEPARATOR && codePoint <= RIGHT_TO_LEFT_OVERRIDE)
                || (codePoint >= LEFT_TO_RIGHT_ISOLATE && codePoint <= POP_DIRECTIONAL_ISOLATE);
    }

    private static boolean escaped(int codePoint) {
        return unsafe(codePoint) || rearranges(codePoint);
    }

    private static void append(StringBuilder plain, int codePoint) {
        if (escaped(codePoint)) {
            plain.append(escape(codePoint));
        } else {
            plain.appendCodePoint(codePoint);
        }
    }

    /** Length of the longest beginning, of whole characters, that fits into so many bytes. */
    private static int fitting(String line, int bytes) {
        var left = bytes;
        var length = 0;
        while (length < line.length()) {
            var character = line.codePointAt(length);
            left -= bytes(character);
            if (left < 0) {
                break;
            }
            length += Character.charCount(character);
        }
        return length;
    }

    private static int bytes(int codePoint) {
        if (codePoint < 0x80) {
            return 1;
        }
        if (codePoint < 0x800) {
            return 2;
        }
        return codePoint < 0x10000 ? 3 : 4;
    }
}
