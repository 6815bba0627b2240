package dev.portcullis.launcher.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the configuration folder is: {@code --config}, otherwise PORTCULLIS_CONFIG, otherwise {@code ./config}. */
final class ConfigOption {
    private static final String VARIABLE = "PORTCULLIS_CONFIG";
    private static final String USUAL = "config";

    @Option(
            names = "--config",
            paramLabel = "DIR",
            description = "Configuration folder; PORTCULLIS_CONFIG or 'config' unless given.")
    private @Nullable Path config;

    boolean isGiven() {
        return config != null;
    }

    /** Whether nobody named one. */
    boolean isUsual() {
        return config == null && Variables.orElse(VARIABLE, "").isEmpty();
    }

    Path folder() {
        return config == null ? Path.of(Variables.orElse(VARIABLE, USUAL)) : config;
    }
}
