package dev.portcullis.analysis.source;

import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.kit.text.FileText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a secret is found. The secret itself is read anew for each request, so that it can be replaced while the service runs, and is kept nowhere.
 *
 * @param isFile whether it is a file; otherwise an environment variable
 * @param name of the variable, or path of the file
 */
public record SecretPlace(boolean isFile, String name) {
    /** What a header can hold; checked here, since the message of a header that is refused would show the key. */
    private static final Pattern KEY = Pattern.compile("[!-~]+");

    private static final Pattern LINE_END = Pattern.compile("\\R\\z");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    /**
     * The place that {@code <key>Env} or {@code <key>File} names; empty when neither is there, and when both are, which is a fault.
     *
     * @param secret what is found there, for messages, e.g. "token"
     */
    public static Optional<SecretPlace> optional(YamlMapping details, String key, String secret) {
        Optional<String> variable = details.optionalText(key + "Env");
        Optional<String> file = details.optionalText(key + "File");
        if (variable.isPresent() && file.isPresent()) {
            details.fault(key + "File", message(details, key, secret, "both"));
            return Optional.empty();
        }
        return variable.map(name -> new SecretPlace(false, name))
                .or(() -> file.map(path -> new SecretPlace(true, path)));
    }

    /** The same, where one of them has to be there. */
    public static Optional<SecretPlace> required(YamlMapping details, String key, String secret) {
        details.describe(key + "Env", "required without " + key + "File", "");
        details.describe(key + "File", "required without " + key + "Env", "");
        if (!details.has(key + "Env") && !details.has(key + "File")) {
            details.fault(key + "Env", message(details, key, secret, "not"));
        }
        return optional(details, key, secret);
    }

    private static String message(YamlMapping details, String key, String secret, String given) {
        return details.path(key + "Env") + " and " + key + "File are " + given
                + " given; legal: one of them, which names the place of the " + secret + ", never the " + secret
                + " itself";
    }

    /**
     * A key or token: visible characters, without the blanks around it.
     *
     * @param environment where variables are looked for
     */
    public String read(Map<String, String> environment) throws SecretException {
        String key = found(environment).strip();
        if (key.isEmpty()) {
            throw new SecretException(this + (isFile ? " is empty" : " is not set"));
        }
        if (!KEY.matcher(key).matches()) {
            throw new SecretException(this + " contains spaces or characters that no key has");
        }
        return key;
    }

    /**
     * A password: any text of one line.
     *
     * @param environment where variables are looked for
     */
    public String readPassword(Map<String, String> environment) throws SecretException {
        String password = LINE_END.matcher(found(environment)).replaceFirst("");
        if (password.isEmpty()) {
            throw new SecretException(this + (isFile ? " is empty" : " is not set"));
        }
        if (CONTROL.matcher(password).find()) {
            throw new SecretException(this + " holds more than one line, or characters that no password has");
        }
        return password;
    }

    private String found(Map<String, String> environment) throws SecretException {
        return isFile ? content() : environment.getOrDefault(name, "");
    }

    private String content() throws SecretException {
        try {
            return FileText.read(Path.of(name), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new SecretException(this + " cannot be read: " + FileText.fault(e));
        }
    }

    @Override
    public String toString() {
        return (isFile ? "file " : "environment variable ") + name;
    }
}
