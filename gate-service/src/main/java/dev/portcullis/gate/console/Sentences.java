package dev.portcullis.gate.console;

import dev.portcullis.kit.text.PlainText;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Explanations of several sentences as one idea each. Stateless. */
public final class Sentences {
    /** What an ordinary abbreviation ends with is no end of a sentence. */
    private static final Pattern END = Pattern.compile("(?<=[^.\\s]{2}[.!?]|[0-9)%sh][.!?])(?<!e\\.g\\.|i\\.e\\.)\\s+");

    private Sentences() {}

    /** Each sentence by itself, as it is shown. */
    public static List<String> of(String text) {
        return Arrays.stream(END.split(text.strip()))
                .filter(sentence -> !sentence.isBlank())
                .map(Sentences::capitalized)
                .map(PlainText::of)
                .toList();
    }

    /** With a capital letter where it begins with a small one and is no name in quotes. */
    public static String capitalized(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** With a full stop where it has no end. */
    public static String ended(String text) {
        return text.isEmpty() || ".!?".indexOf(text.charAt(text.length() - 1)) >= 0 ? text : text + ".";
    }
}
