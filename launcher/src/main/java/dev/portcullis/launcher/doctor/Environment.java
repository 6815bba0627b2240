package dev.portcullis.launcher.doctor;

import dev.portcullis.kit.lifecycle.StartupException;
import dev.portcullis.kit.text.FileText;
import dev.portcullis.kit.tls.TlsFilesException;
import dev.portcullis.kit.tls.TlsSettings;
import dev.portcullis.launcher.configuration.LoadedConfiguration;
import dev.portcullis.launcher.peer.PeerTls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What is examined: what the services would read from the environment, what was said on the command line, and what the configuration folder held when it was read.
 *
 * @param variables as {@link System#getenv()}
 * @param config the configuration folder
 * @param data the folder of the embedded database
 * @param configuration the folder's content; empty when there is no such folder
 */
public record Environment(
        Map<String, String> variables, Path config, Path data, Optional<LoadedConfiguration> configuration) {
    public Environment {
        variables = Map.copyOf(variables);
    }

    /** Reads the configuration folder, once for all examinations. */
    public static Environment read(Map<String, String> variables, Path config, Path data) {
        var settings = new Environment(variables, config, data, Optional.empty());
        return Files.isDirectory(config)
                ? new Environment(variables, config, data, Optional.of(settings.loaded()))
                : settings;
    }

    private LoadedConfiguration loaded() {
        return LoadedConfiguration.read(
                config, Optional.of(get(LoadedConfiguration.PROMETHEUS, "")).filter(url -> !url.isEmpty()));
    }

    /** A variable's value, or what counts when it is missing or blank. */
    String get(String variable, String otherwise) {
        String value = variables.getOrDefault(variable, "");
        return value.isBlank() ? otherwise : value.strip();
    }

    /** What is shown to services that want to know who asks; empty where there is nothing, or it cannot be read. */
    Optional<String> token() {
        String file = get("PORTCULLIS_TOKEN_FILE", "");
        try {
            return Optional.of(
                            file.isEmpty()
                                    ? get("PORTCULLIS_TOKEN", "")
                                    : FileText.read(Path.of(file), StandardCharsets.UTF_8)
                                            .strip())
                    .filter(token -> !token.isEmpty());
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    /**
     * How the services of this machine are known; empty where they speak no TLS.
     *
     * @throws StartupException when the variables contradict each other
     * @throws TlsFilesException when their certificate cannot be read
     */
    Optional<PeerTls> tls() throws TlsFilesException {
        TlsSettings settings = TlsSettings.of(variables);
        return settings.server().isEmpty()
                ? Optional.empty()
                : Optional.of(new PeerTls(settings.toPeers(), settings.nameHere()));
    }

    boolean has(String variable) {
        return !variables.getOrDefault(variable, "").isBlank();
    }
}
