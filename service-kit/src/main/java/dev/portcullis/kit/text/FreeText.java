package dev.portcullis.kit.text;

import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A text for people that is kept as told, such as a reason: 1 to {@value #LONGEST} characters of any script, not all of them blank. Line feed and tab are legal; what
 * else ends a line (CR LF from a form or a Windows terminal, CR) is kept as line feed. Other control characters and halves of characters are refused. Stateless.
 */
public final class FreeText {
    /** The most characters (code points), without blanks around them. */
    public static final int LONGEST = 1_000;

    private FreeText() {}

    /**
     * What is wrong with a text, as the second half of a sentence that begins with its field; on one line.
     *
     * @return empty when nothing is wrong
     */
    public static Optional<String> fault(String sent) {
        var text = of(sent);
        if (text.codePoints().allMatch(RequestName::blank)) {
            return Optional.of("is missing; 1 to " + LONGEST + " characters are required");
        }
        var length = text.codePointCount(0, text.length());
        if (length > LONGEST) {
            return Optional.of("has " + length + " characters; legal: 1 to " + LONGEST);
        }
        return unsafe(unixLines(sent));
    }

    /** The text as it is kept: with line feeds alone between its lines, without blanks around it. */
    public static String of(String sent) {
        return unixLines(sent).strip();
    }

    /**
     * A text that is made of texts of others, so that every service takes it as a {@link FreeText}: plain, and shortened where it is too long.
     *
     * @see PlainText
     */
    public static String made(String text) {
        var plain = PlainText.of(of(text));
        if (plain.codePointCount(0, plain.length()) <= LONGEST) {
            return plain;
        }
        return plain.codePoints()
                        .limit(LONGEST - 1L)
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining()) + "…";
    }

    private static String unixLines(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n');
    }

    private static Optional<String> unsafe(String text) {
        var characters = text.codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            if (PlainText.unsafe(characters[i])) {
                return Optional.of("has " + PlainText.escape(characters[i]) + " as its character " + (i + 1)
                        + ", a control character or half a character; leave it out");
            }
        }
        return Optional.empty();
    }
}
