package dev.portcullis.launcher.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The configuration folder of a command that may also be told it without {@code --config}. */
final class FolderOption {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DIR",
            description = "Configuration folder, in place of --config.")
    private @Nullable Path folder;

    @Mixin
    private ConfigOption config = new ConfigOption();

    /**
     * The folder.
     *
     * @throws ParameterException when it is told twice
     */
    Path folder(CommandLine command) {
        Path told = folder;
        if (told == null) {
            return config.folder();
        }
        if (config.isGiven()) {
            throw new ParameterException(
                    command, "'" + told + "' and --config " + config.folder() + " are both given; legal: one of them");
        }
        return told;
    }
}
