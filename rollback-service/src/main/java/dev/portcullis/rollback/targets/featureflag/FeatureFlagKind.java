package dev.portcullis.rollback.targets.featureflag;

import dev.portcullis.kit.configuration.KeyDescription;
import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.rollback.configuration.TargetKind;
import dev.portcullis.rollback.exchange.ExchangeKeys;
import dev.portcullis.rollback.exchange.ResponseRedactor;
import dev.portcullis.rollback.plan.TargetSettings;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The reader of {@code target: feature-flag}. */
public final class FeatureFlagKind implements TargetKind {
    /** The word after {@code target:}. */
    public static final String NAME = "feature-flag";

    private static final List<String> PROVIDERS = List.of(LaunchDarkly.NAME, FlagdFile.NAME, FlagdHttp.NAME);
    private static final String LAUNCH_DARKLY = "https://app.launchdarkly.com";
    private static final String LAUNCH_DARKLY_KEY =
            "letters, digits, '.', '_' and '-', beginning with a letter or digit";
    private static final String JSON_FILE = "an absolute path of a JSON file, not of YAML";
    private static final String FLAG = "the flag's key";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public TargetSettings read(String service, YamlMapping section) {
        section.describe(FlagKeys.PROVIDER, KeyDescription.REQUIRED, "");
        if (!section.has(FlagKeys.PROVIDER)) {
            section.fault(
                    FlagKeys.PROVIDER,
                    section.path(FlagKeys.PROVIDER) + " is missing; legal: " + String.join(", ", PROVIDERS));
        }
        var provider = section.choice(FlagKeys.PROVIDER, PROVIDERS).orElse("");
        var own = section.only("provider: " + provider);
        return switch (provider) {
            case LaunchDarkly.NAME -> launchDarkly(own);
            case FlagdFile.NAME -> file(own);
            case FlagdHttp.NAME -> web(own);
            default -> unknown(section);
        };
    }

    /** Of a provider nobody knows the other keys are not judged: only one fault is true then. */
    private static TargetSettings unknown(YamlMapping section) {
        section.leaveAlone(section.keys().toArray(String[]::new));
        return new TargetSettings(NAME, NAME, Map.of());
    }

    private static TargetSettings launchDarkly(YamlMapping section) {
        Map<String, String> values = begun(LaunchDarkly.NAME);
        for (var key : List.of(FlagKeys.PROJECT, FlagKeys.ENVIRONMENT, FlagKeys.FLAG)) {
            required(section, key, LAUNCH_DARKLY_KEY, text -> text.matches("[A-Za-z0-9][A-Za-z0-9._-]*"), values);
        }
        ExchangeKeys.address(section, FlagKeys.ADDRESS, LAUNCH_DARKLY, values);
        ExchangeKeys.token(section, values);
        requireToken(section, values);
        ExchangeKeys.timeout(section, values);
        values.put(FlagKeys.BYPASS_APPROVAL, String.valueOf(section.flag(FlagKeys.BYPASS_APPROVAL, false)));
        var flag = values.getOrDefault(FlagKeys.PROJECT, "") + "/" + values.getOrDefault(FlagKeys.ENVIRONMENT, "") + "/"
                + values.getOrDefault(FlagKeys.FLAG, "");
        var address = values.getOrDefault(FlagKeys.ADDRESS, LAUNCH_DARKLY);
        var where = address.equals(LAUNCH_DARKLY) ? "" : address + " ";
        return new TargetSettings(NAME, NAME + " launchdarkly " + where + flag, values);
    }

    private static void requireToken(YamlMapping section, Map<String, String> values) {
        if (!values.containsKey(ExchangeKeys.TOKEN_FILE) && !values.containsKey(ExchangeKeys.TOKEN_ENV)) {
            section.fault(
                    ExchangeKeys.TOKEN_FILE,
                    section.path(ExchangeKeys.TOKEN_FILE) + " and tokenEnv are missing; legal: one of the two");
        }
    }

    private static TargetSettings file(YamlMapping section) {
        Map<String, String> values = begun(FlagdFile.NAME);
        required(section, FlagKeys.FILE, JSON_FILE, FeatureFlagKind::jsonFile, values);
        flagd(section, values);
        return flagd(values.getOrDefault(FlagKeys.FILE, ""), values);
    }

    private static boolean jsonFile(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        return ExchangeKeys.absolute(text) && !lower.endsWith(".yaml") && !lower.endsWith(".yml");
    }

    private static TargetSettings web(YamlMapping section) {
        Map<String, String> values = begun(FlagdHttp.NAME);
        ExchangeKeys.address(section, FlagKeys.URL, values);
        flagd(section, values);
        ExchangeKeys.token(section, values);
        ExchangeKeys.timeout(section, values);
        return flagd(withoutQuery(values.getOrDefault(FlagKeys.URL, "")), values);
    }

    private static String withoutQuery(String url) {
        try {
            return ResponseRedactor.address(URI.create(url));
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static void flagd(YamlMapping section, Map<String, String> values) {
        required(section, FlagKeys.FLAG, FLAG, text -> !text.isBlank(), values);
        section.describe(FlagKeys.VARIANT, "the state DISABLED", "one of the flag's variants");
        section.optionalText(FlagKeys.VARIANT).ifPresent(variant -> values.put(FlagKeys.VARIANT, variant));
    }

    private static TargetSettings flagd(String place, Map<String, String> values) {
        var flag = values.getOrDefault(FlagKeys.FLAG, "");
        return new TargetSettings(NAME, NAME + " flagd " + place + " " + flag, values);
    }

    private static Map<String, String> begun(String provider) {
        return new TreeMap<>(Map.of(FlagKeys.PROVIDER, provider));
    }

    private static void required(
            YamlMapping section, String key, String legal, Predicate<String> test, Map<String, String> values) {
        section.describe(key, KeyDescription.REQUIRED, legal);
        if (!section.has(key)) {
            section.fault(key, section.path(key) + " is missing; legal: " + legal);
            return;
        }
        section.optionalText(key).ifPresent(text -> {
            values.put(key, text);
            if (!test.test(text)) {
                section.fault(key, section.path(key) + " is '" + text + "'; legal: " + legal);
            }
        });
    }
}
