package dev.portcullis.analysis.query;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A PromQL string literal: in double or single quotes with the escapes of Go, or in backticks without any.
 *
 * @param value the text meant
 * @param end index just behind the closing quote
 */
record StringLiteral(String value, int end) {
    private static final String NAMED = "abfnrtv\\'\"";
    private static final String MEANT = "\u0007\b\f\n\r\t\u000b\\'\"";
    private static final int HEX = 16;
    private static final int OCTAL = 8;
    private static final int OCTAL_DIGITS = 3;
    private static final int LARGEST_BYTE = 0xff;

    /** Reads the literal that begins at {@code start}. */
    static StringLiteral read(String query, int start) {
        char quote = start < query.length() ? query.charAt(start) : ' ';
        if (quote == '`') {
            int end = query.indexOf('`', start + 1);
            if (end < 0) {
                throw unclosed(start, quote);
            }
            return new StringLiteral(query.substring(start + 1, end), end + 1);
        }
        if (quote != '"' && quote != '\'') {
            throw new SelectorException(start + 1, "expected a value in quotes");
        }
        return new Reader(query, start, quote).read();
    }

    private static SelectorException unclosed(int start, char quote) {
        return new SelectorException(start + 1, "the quote " + quote + " is never closed");
    }

    /** Collects UTF-8 bytes, because the escapes for single bytes may together make one letter. */
    private static final class Reader {
        private final String query;
        private final int start;
        private final char quote;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int at;

        Reader(String query, int start, char quote) {
            this.query = query;
            this.start = start;
            this.quote = quote;
            this.at = start + 1;
        }

        StringLiteral read() {
            while (at < query.length() && query.charAt(at) != quote && query.charAt(at) != '\n') {
                int letter = query.codePointAt(at);
                if (letter == '\\') {
                    escape();
                } else {
                    append(letter);
                    at += Character.charCount(letter);
                }
            }
            if (at >= query.length() || query.charAt(at) != quote) {
                throw unclosed(start, quote);
            }
            return new StringLiteral(decoded(), at + 1);
        }

        private void escape() {
            char kind = at + 1 < query.length() ? query.charAt(at + 1) : ' ';
            int named = NAMED.indexOf(kind);
            if (named >= 0) {
                append(MEANT.charAt(named));
                at += 2;
                return;
            }
            switch (kind) {
                case 'x' -> bytes.write(number(2, 2, HEX));
                case 'u' -> append(number(2, 4, HEX));
                case 'U' -> append(number(2, 8, HEX));
                default -> {
                    int value = number(1, OCTAL_DIGITS, OCTAL);
                    if (value > LARGEST_BYTE) {
                        throw broken();
                    }
                    bytes.write(value);
                }
            }
        }

        private int number(int prefix, int digits, int radix) {
            int from = at + prefix;
            int to = from + digits;
            if (to > query.length()
                    || !query.substring(from, to).chars().allMatch(c -> Character.digit(c, radix) >= 0)) {
                throw broken();
            }
            long value = Long.parseLong(query.substring(from, to), radix);
            if (value > Character.MAX_CODE_POINT) {
                throw broken();
            }
            at = to;
            return (int) value;
        }

        private void append(int letter) {
            if (letter >= Character.MIN_SURROGATE && letter <= Character.MAX_SURROGATE) {
                throw broken();
            }
            bytes.writeBytes(Character.toString(letter).getBytes(StandardCharsets.UTF_8));
        }

        private String decoded() {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes.toByteArray()))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new SelectorException(start + 1, "the quoted value is not UTF-8");
            }
        }

        private SelectorException broken() {
            String legal = "legal: \\n \\t \\\\ \\\" \\' \\xHH \\uHHHH and the other escapes of PromQL";
            return new SelectorException(at + 1, "broken escape after '\\'; " + legal);
        }
    }
}
