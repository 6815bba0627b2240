package dev.portcullis.launcher.command;

import java.util.Map;

/** The environment's variables. */
final class Variables {
    private Variables() {}

    /** A variable's value, or what counts when it is missing or blank. */
    static String orElse(String name, String otherwise) {
        return orElse(System.getenv(), name, otherwise);
    }

    /** The same of other variables than those of this process. */
    static String orElse(Map<String, String> variables, String name, String otherwise) {
        var value = variables.get(name);
        return value == null || value.isBlank() ? otherwise : value.strip();
    }
}
