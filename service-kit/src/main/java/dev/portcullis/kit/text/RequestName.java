package dev.portcullis.kit.text;

import java.util.List;
import java.util.Optional;

/**
 * A name as a caller sends it: a service, a revision, the value of a label. It has at most {@value #LONGEST} characters of any script on one line, no blank at
 * either end, and no template that was to be filled in before it was sent.
 */
public final class RequestName {
    /** The most characters (code points). */
    public static final int LONGEST = 253;

    /** What Argo Rollouts, Helm, GitHub Actions, shells and Tekton leave behind of a template that they do not fill in, and Go of one without a value. */
    private static final List<String> TEMPLATE_MARKS = List.of("{{", "}}", "${", "$(", "<no value>");

    private static final int LONGEST_SHOWN = 60;

    private RequestName() {}

    /**
     * What is wrong with a name, as the second half of a sentence that begins with its field; on one line.
     *
     * @return empty when nothing is wrong, and for the empty text, which stands for no name
     */
    public static Optional<String> fault(String name) {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        var length = name.codePointCount(0, name.length());
        if (length > LONGEST) {
            return Optional.of("has " + length + " characters; legal: 1 to " + LONGEST);
        }
        if (name.codePoints().anyMatch(RequestName::illegal)) {
            return Optional.of("is " + shown(name) + ", with a control character or half a character; leave it out");
        }
        return blanks(name).or(() -> template(name));
    }

    /** The name as a message shows it: quoted, short, on one line. */
    public static String shown(String name) {
        var text = new StringBuilder("'");
        name.codePoints().limit(LONGEST_SHOWN).map(c -> illegal(c) ? '?' : c).forEach(text::appendCodePoint);
        return text.append(name.codePointCount(0, name.length()) > LONGEST_SHOWN ? "...'" : "'")
                .toString();
    }

    private static Optional<String> blanks(String name) {
        if (name.codePoints().allMatch(RequestName::blank)) {
            return Optional.of("is " + shown(name) + ", which is blank; give its value, or leave the field out");
        }
        return blank(name.codePointAt(0)) || blank(name.codePointBefore(name.length()))
                ? Optional.of("is " + shown(name) + ", with a blank at its beginning or end; leave the blank out")
                : Optional.empty();
    }

    private static Optional<String> template(String name) {
        return TEMPLATE_MARKS.stream()
                .filter(name::contains)
                .findFirst()
                .map(mark -> "is " + shown(name) + ", which has '" + mark
                        + "': a template that was not filled in; send the value it stands for");
    }

    /** Half a character (an unpaired surrogate) can be written in JSON but neither in UTF-8 nor in the database. */
    private static boolean illegal(int codePoint) {
        return Character.isISOControl(codePoint)
                || Character.getType(codePoint) == Character.SURROGATE
                || PlainText.rearranges(codePoint);
    }

    /** Nobody sees it: a space of any width, or a mark of no width at all. */
    static boolean blank(int codePoint) {
        return Character.isWhitespace(codePoint)
                || Character.isSpaceChar(codePoint)
                || Character.getType(codePoint) == Character.FORMAT;
    }
}
