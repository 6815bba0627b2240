package dev.portcullis.rollback.exchange;

import dev.portcullis.kit.text.FileText;
import dev.portcullis.rollback.plan.TargetSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a token is kept; it is read at each use, so a changed one counts at once. Immutable. */
public sealed interface TokenSource {
    /** What a token may consist of, so that a header can carry it. */
    Pattern LEGAL = Pattern.compile("[\\x21-\\x7e]+");

    /** The place as {@link ExchangeKeys} wrote it into settings, perhaps some versions ago. */
    static TokenSource of(TargetSettings settings) {
        var values = settings.values();
        if (values.containsKey(ExchangeKeys.TOKEN_FILE)) {
            return new InFile(settings.required(ExchangeKeys.TOKEN_FILE));
        }
        return values.containsKey(ExchangeKeys.TOKEN_ENV)
                ? new InEnvironment(settings.required(ExchangeKeys.TOKEN_ENV))
                : new None();
    }

    /**
     * The token as it is now; empty when none is configured.
     *
     * @throws TokenException when it cannot be had
     */
    Optional<String> read(Map<String, String> environment) throws TokenException;

    /**
     * The curl option that sends it without showing it; empty, or with a space behind.
     *
     * @param scheme what stands before the token in the header, as {@code "Bearer "}
     */
    String curlOption(String scheme);

    /** No token. */
    record None() implements TokenSource {
        @Override
        public Optional<String> read(Map<String, String> environment) {
            return Optional.empty();
        }

        @Override
        public String curlOption(String scheme) {
            return "";
        }
    }

    /** A file's content. */
    record InFile(String path) implements TokenSource {
        @Override
        public Optional<String> read(Map<String, String> environment) throws TokenException {
            try {
                return legal(FileText.read(Path.of(path), StandardCharsets.UTF_8), "tokenFile " + path);
            } catch (IOException e) {
                throw new TokenException(
                        "tokenFile " + path + " cannot be read (" + FileText.fault(e) + "); the call was not made");
            }
        }

        @Override
        public String curlOption(String scheme) {
            return "-H \"Authorization: " + scheme + "$(cat " + Curl.quoted(path) + ")\" ";
        }
    }

    /** An environment variable's value. */
    record InEnvironment(String variable) implements TokenSource {
        @Override
        public Optional<String> read(Map<String, String> environment) throws TokenException {
            return legal(environment.getOrDefault(variable, ""), "tokenEnv " + variable);
        }

        @Override
        public String curlOption(String scheme) {
            return "-H \"Authorization: " + scheme + "$" + variable + "\" ";
        }
    }

    private static Optional<String> legal(String text, String where) throws TokenException {
        var token = text.strip();
        if (!LEGAL.matcher(token).matches()) {
            throw new TokenException(where
                    + (token.isEmpty() ? " is empty" : " holds characters a header cannot carry")
                    + "; the call was not made");
        }
        return Optional.of(token);
    }
}
