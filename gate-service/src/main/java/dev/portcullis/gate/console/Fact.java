package dev.portcullis.gate.console;

import dev.portcullis.kit.text.PlainText;

/**
 * One thing that is known, with its name.
 *
 * @param label its name
 * @param value what is known, plain
 * @param code whether it is to be copied rather than read: an id, a hash
 */
public record Fact(String label, String value, boolean code) {
    public Fact {
        value = PlainText.of(value);
    }

    /** A fact that is read. */
    public static Fact text(String label, String value) {
        return new Fact(label, value, false);
    }

    /** A fact that is copied. */
    public static Fact code(String label, String value) {
        return new Fact(label, value, true);
    }
}
