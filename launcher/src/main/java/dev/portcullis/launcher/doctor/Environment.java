package dev.portcullis.launcher.doctor;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where the settings say everything is: what the services would read from the environment, and what was said on the command line.
 *
 * @param variables as {@link System#getenv()}
 * @param config the configuration folder
 * @param data the folder of the embedded database
 */
public record Environment(Map<String, String> variables, Path config, Path data) {
    public Environment {
        variables = Map.copyOf(variables);
    }

    /** A variable's value, or what counts when it is missing or blank. */
    String get(String variable, String otherwise) {
        String value = variables.getOrDefault(variable, "");
        return value.isBlank() ? otherwise : value.strip();
    }

    boolean has(String variable) {
        return !variables.getOrDefault(variable, "").isBlank();
    }
}
