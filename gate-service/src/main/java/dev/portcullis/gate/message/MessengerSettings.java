package dev.portcullis.gate.message;

import dev.portcullis.kit.configuration.YamlMapping;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The settings that messengers of several kinds have. Stateless. */
public final class MessengerSettings {
    private static final String ABSOLUTE = "an absolute path";
    private static final String ADDRESS = "an http or https address without user, query and fragment";
    private static final URI NOWHERE = URI.create("http://localhost");

    private MessengerSettings() {}

    /** A required file with a secret; of no use after a fault. */
    public static SecretFile secretFile(YamlMapping settings, String key) {
        settings.describe(key, "", ABSOLUTE);
        return file(settings, key, settings.text(key));
    }

    /** The same where it may be missing. */
    public static Optional<SecretFile> optionalSecretFile(YamlMapping settings, String key) {
        settings.describe(key, "", ABSOLUTE);
        return settings.optionalText(key).map(text -> file(settings, key, text));
    }

    private static SecretFile file(YamlMapping settings, String key, String text) {
        try {
            var path = Path.of(text);
            if (path.isAbsolute() || text.isEmpty()) {
                return new SecretFile(path);
            }
        } catch (InvalidPathException e) {
            // told below
        }
        settings.fault(key, settings.path(key) + " is '" + text + "'; legal: " + ABSOLUTE);
        return new SecretFile(Path.of("/"));
    }

    /** An address that may be missing, without a slash at its end. */
    public static URI address(YamlMapping settings, String key, String usual) {
        settings.describe(key, "", ADDRESS);
        return address(settings, key, ADDRESS, settings.text(key, usual), false);
    }

    /** A required address that may have a query, in which there may be a key. */
    public static URI addressWithQuery(YamlMapping settings, String key) {
        var legal = ADDRESS.replace("user, query and fragment", "user, password and fragment");
        settings.describe(key, "", legal);
        return address(settings, key, legal, settings.text(key), true);
    }

    private static URI address(YamlMapping settings, String key, String legal, String text, boolean mayHaveQuery) {
        try {
            var uri = new URI(mayHaveQuery ? text : text.replaceFirst("/+$", ""));
            if (isHttp(uri) && (mayHaveQuery || uri.getRawQuery() == null)) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // told below
        }
        if (!text.isEmpty()) {
            // Not shown: it may have a password in it.
            settings.fault(key, settings.path(key) + " is not legal; legal: " + legal);
        }
        return NOWHERE;
    }

    private static boolean isHttp(URI uri) {
        return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getRawFragment() == null;
    }
}
