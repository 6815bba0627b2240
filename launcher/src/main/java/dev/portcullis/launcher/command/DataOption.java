package dev.portcullis.launcher.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the embedded database is: {@code --data}, otherwise PORTCULLIS_DATA, otherwise {@code ./data}. */
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data folder of the embedded database; PORTCULLIS_DATA or 'data' unless given.")
    private @Nullable Path data;

    Path folder() {
        return data == null ? Path.of(Variables.orElse("PORTCULLIS_DATA", "data")) : data;
    }
}
