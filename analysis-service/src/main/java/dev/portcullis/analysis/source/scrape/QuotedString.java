package dev.portcullis.analysis.source.scrape;

import java.util.Optional;

/**
 * A text in double quotes on a page: a label's value, or a name as Prometheus 3 has them.
 *
 * @param text without the quotes and escapes
 * @param end the place after the closing quote
 */
record QuotedString(String text, int end) {
    private static final char QUOTE = '"';

    /** The one that begins at a place; empty where there is no quote, or none that closes it. Three escapes are defined; Prometheus leaves any other backslash as it is. */
    static Optional<QuotedString> at(String line, int begin) {
        if (begin >= line.length() || line.charAt(begin) != QUOTE) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        int at = begin + 1;
        while (at < line.length() && line.charAt(at) != QUOTE) {
            char letter = line.charAt(at++);
            if (letter == '\\' && at < line.length() && "\\\"n".indexOf(line.charAt(at)) >= 0) {
                char escaped = line.charAt(at++);
                text.append(escaped == 'n' ? '\n' : escaped);
            } else {
                text.append(letter);
            }
        }
        return at < line.length() ? Optional.of(new QuotedString(text.toString(), at + 1)) : Optional.empty();
    }
}
