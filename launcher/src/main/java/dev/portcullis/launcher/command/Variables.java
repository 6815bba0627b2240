package dev.portcullis.launcher.command;

/** The environment's variables. */
final class Variables {
    private Variables() {}

    /** A variable's value, or what counts when it is missing or blank. */
    static String orElse(String name, String otherwise) {
        var value = System.getenv(name);
        return value == null || value.isBlank() ? otherwise : value.strip();
    }
}
