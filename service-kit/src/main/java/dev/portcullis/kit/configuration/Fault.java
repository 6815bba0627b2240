package dev.portcullis.kit.configuration;

import java.util.regex.Pattern;

/**
 * One thing wrong with a configuration folder, at one place; always a single line of text.
 *
 * @param file the file's name relative to the folder, with {@code /}; the folder itself when no file is to blame
 * @param line the line in the file, counted from 1; 0 when a folder is meant
 * @param message what is wrong, with which value, and what is legal
 */
public record Fault(String file, int line, String message) {
    private static final Pattern LINE_BREAK = Pattern.compile("\\s*[\\r\\n\\u0085\\u2028\\u2029]\\s*");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    /** Flattens the message: values come from files, and must not forge lines of a log. */
    public Fault {
        message = CONTROL.matcher(LINE_BREAK.matcher(message).replaceAll(" ")).replaceAll("?");
    }

    /** The text shown to people: {@code checkout.yaml:12: what, value, legal values}. */
    @Override
    public String toString() {
        return line > 0 ? file + ":" + line + ": " + message : file + ": " + message;
    }
}
