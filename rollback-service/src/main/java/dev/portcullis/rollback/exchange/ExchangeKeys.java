package dev.portcullis.rollback.exchange;

import dev.portcullis.kit.configuration.KeyDescription;
import dev.portcullis.kit.configuration.YamlMapping;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The readers of the keys that targets behind HTTP have in common. What they read they put into the settings under the key's name. */
public final class ExchangeKeys {
    /** A file that holds a token. */
    public static final String TOKEN_FILE = "tokenFile";

    /** An environment variable that holds a token. */
    public static final String TOKEN_ENV = "tokenEnv";

    /** How long one exchange may take. */
    public static final String TIMEOUT = "timeout";

    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);
    private static final String ADDRESS = "an http or https address without user, password and fragment";

    private ExchangeKeys() {}

    /** An address that must be there. */
    public static void address(YamlMapping section, String key, Map<String, String> values) {
        section.describe(key, KeyDescription.REQUIRED, ADDRESS);
        if (!section.has(key)) {
            section.fault(key, section.path(key) + " is missing; legal: " + ADDRESS);
            return;
        }
        section.optionalText(key).ifPresent(text -> check(section, key, text, values));
    }

    /** An address with the one that holds when the key is missing. */
    public static void address(YamlMapping section, String key, String usual, Map<String, String> values) {
        section.describe(key, usual, ADDRESS);
        check(section, key, section.text(key, usual), values);
    }

    private static void check(YamlMapping section, String key, String text, Map<String, String> values) {
        values.put(key, text);
        if (!legalAddress(text)) {
            section.fault(key, section.path(key) + " is " + shown(text) + "; legal: " + ADDRESS);
        }
    }

    private static boolean legalAddress(String text) {
        try {
            var uri = URI.create(text);
            var scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
            return (scheme.equals("http") || scheme.equals("https"))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** What may hold a password is not shown. */
    private static String shown(String text) {
        return text.contains("@") ? "an address with a user" : "'" + text + "'";
    }

    /** Where a token is kept, if one is to be sent. */
    public static void token(YamlMapping section, Map<String, String> values) {
        text(section, TOKEN_FILE, "an absolute path", ExchangeKeys::absolute, values);
        text(
                section,
                TOKEN_ENV,
                "the name of an environment variable: letters, digits and _",
                name -> name.matches("[A-Za-z_][A-Za-z0-9_]*"),
                values);
        if (values.containsKey(TOKEN_FILE) && values.containsKey(TOKEN_ENV)) {
            section.fault(TOKEN_ENV, section.path(TOKEN_ENV) + " stands beside tokenFile; legal: one of the two");
        }
    }

    private static void text(
            YamlMapping section, String key, String legal, Predicate<String> test, Map<String, String> values) {
        section.describe(key, "", legal);
        section.optionalText(key).ifPresent(text -> {
            values.put(key, text);
            if (!test.test(text)) {
                // Not shown: a token put here by mistake would be.
                section.fault(key, section.path(key) + " is not legal; legal: " + legal);
            }
        });
    }

    /** How long one exchange may take: 5 s when the key is missing. */
    public static void timeout(YamlMapping section, Map<String, String> values) {
        values.put(
                TIMEOUT,
                section.duration(TIMEOUT, USUAL_TIMEOUT, SHORTEST_TIMEOUT, LONGEST_TIMEOUT)
                        .toString());
    }

    /** Whether a text is an absolute path. */
    public static boolean absolute(String text) {
        try {
            return Path.of(text).isAbsolute();
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
