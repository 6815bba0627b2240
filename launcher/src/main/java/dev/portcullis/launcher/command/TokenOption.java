package dev.portcullis.launcher.command;

import dev.portcullis.kit.text.FileText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The token that a command shows to a service: that of a file, otherwise of PORTCULLIS_TOKEN_FILE, otherwise PORTCULLIS_TOKEN itself. Never an argument, which all could read. */
final class TokenOption {
    private static final String FILE_VARIABLE = "PORTCULLIS_TOKEN_FILE";
    private static final String VARIABLE = "PORTCULLIS_TOKEN";

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A bearer token for the service; PORTCULLIS_TOKEN_FILE or PORTCULLIS_TOKEN unless given.")
    private @Nullable Path file;

    /**
     * The token; empty when there is none.
     *
     * @throws ParameterException when there is a file that holds none
     */
    Optional<String> token(CommandLine command) {
        var named = Variables.orElse(FILE_VARIABLE, "");
        if (file == null && named.isEmpty()) {
            return Optional.of(Variables.orElse(VARIABLE, "")).filter(token -> !token.isEmpty());
        }
        var path = file == null ? Path.of(named) : file;
        try {
            var token = FileText.read(path, StandardCharsets.UTF_8).strip();
            if (token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
                throw new ParameterException(command, "the file " + path + " holds no token");
            }
            return Optional.of(token);
        } catch (IOException e) {
            throw new ParameterException(command, "the file " + path + " cannot be read: " + FileText.fault(e), e);
        }
    }
}
