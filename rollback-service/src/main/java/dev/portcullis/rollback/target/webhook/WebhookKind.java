package dev.portcullis.rollback.target.webhook;

import dev.portcullis.kit.configuration.AskedKey;
import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.rollback.configuration.TargetKind;
import dev.portcullis.rollback.plan.TargetSettings;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The reader of {@code target: webhook}. */
public final class WebhookKind implements TargetKind {
    /** The word after {@code target:}. */
    public static final String NAME = "webhook";

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);
    private static final String ADDRESS = "an http or https address without user, password and fragment";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public TargetSettings read(String service, YamlMapping section) {
        Map<String, String> values = new TreeMap<>();
        address(section, WebhookSettings.URL, values);
        address(section, WebhookSettings.READ_BACK, values);
        token(section, values);
        var timeout = section.duration(WebhookSettings.TIMEOUT, TIMEOUT, SHORTEST_TIMEOUT, LONGEST_TIMEOUT);
        values.put(WebhookSettings.TIMEOUT, timeout.toString());
        // One switch may serve many services.
        var identity = NAME + " " + service + " " + values.getOrDefault(WebhookSettings.URL, "");
        return new TargetSettings(NAME, identity, values);
    }

    private static void address(YamlMapping section, String key, Map<String, String> values) {
        section.describe(key, AskedKey.REQUIRED, ADDRESS);
        if (!section.has(key)) {
            section.fault(key, section.path(key) + " is missing; legal: " + ADDRESS);
            return;
        }
        section.optionalText(key).ifPresent(text -> {
            values.put(key, text);
            if (!legalAddress(text)) {
                section.fault(key, section.path(key) + " is " + shown(text) + "; legal: " + ADDRESS);
            }
        });
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

    private static void token(YamlMapping section, Map<String, String> values) {
        text(section, WebhookSettings.TOKEN_FILE, "an absolute path", WebhookKind::absolute, values);
        text(
                section,
                WebhookSettings.TOKEN_ENV,
                "the name of an environment variable: letters, digits and _",
                name -> name.matches("[A-Za-z_][A-Za-z0-9_]*"),
                values);
        if (values.containsKey(WebhookSettings.TOKEN_FILE) && values.containsKey(WebhookSettings.TOKEN_ENV)) {
            section.fault(
                    WebhookSettings.TOKEN_ENV,
                    section.path(WebhookSettings.TOKEN_ENV) + " stands beside tokenFile; legal: one of the two");
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

    private static boolean absolute(String text) {
        try {
            return Path.of(text).isAbsolute();
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
