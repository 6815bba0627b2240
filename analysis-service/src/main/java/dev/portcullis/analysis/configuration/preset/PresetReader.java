package dev.portcullis.analysis.configuration.preset;

import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.query.SelectorException;
import dev.portcullis.kit.configuration.KeyDescription;
import dev.portcullis.kit.configuration.YamlMapping;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the {@code preset} of a policy: a name, or a mapping with a name and what is different from the usual. */
public final class PresetReader {
    /** The key of a policy's spec. */
    public static final String PRESET = "preset";

    /** The key that names a DataSource, whose name is for the caller to check. */
    public static final String SOURCE = "metricSourceRef";

    private static final String SERVICE = "service";
    private static final String NAME = "name";
    private static final String WHERE = "where";
    private static final String NONE = "none";
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final double AVAILABILITY = 0.999;
    private static final double LATENCY_TARGET = 0.99;
    private static final int MILLIS = 3;
    /** What needs quotes neither in YAML nor in a query. */
    private static final String NAME_FORM = "[a-zA-Z0-9][a-zA-Z0-9._-]*";

    /** What is neither escaped in a query nor ends a quoted word in YAML. */
    private static final String PLAIN = "[^\"'\\\\\\p{Cntrl}]+";

    private static final String PLAIN_WORDS = "without quotes and backslashes";
    private static final String CONDITIONS = "conditions such as namespace=\"shop\"";

    private static final Set<String> COMMON = Set.of(
            SERVICE, "source", WHERE, "availability", "latency.seconds", "latency.milliseconds", "latencyTarget");

    private final YamlMapping spec;
    private final Optional<YamlMapping> settings;
    private final String service;

    private PresetReader(YamlMapping spec, String service) {
        this.spec = spec;
        this.settings = spec.isMapping(PRESET) ? spec.mapping(PRESET) : Optional.empty();
        this.service = service;
    }

    /**
     * The preset of a policy; empty when it has none or after a fault.
     *
     * @param service the policy's service; empty after a fault
     */
    public static Optional<ChosenPreset> read(YamlMapping spec, String service) {
        if (!spec.has(PRESET)) {
            return Optional.empty();
        }
        PresetReader reader = new PresetReader(spec, service);
        Optional<ChosenPreset> chosen = reader.named().flatMap(Preset::named).flatMap(reader::chosen);
        reader.settings.filter(s -> chosen.isPresent()).ifPresent(YamlMapping::rejectUnknown);
        return chosen;
    }

    private Optional<String> named() {
        if (settings.isEmpty()) {
            return spec.choice(PRESET, Preset.names());
        }
        YamlMapping mapping = settings.get();
        mapping.describe(NAME, KeyDescription.REQUIRED, "");
        if (!mapping.has(NAME)) {
            mapping.fault(NAME, mapping.path(NAME) + " is missing; legal: " + String.join(", ", Preset.names()));
        }
        return mapping.choice(NAME, Preset.names());
    }

    private Optional<ChosenPreset> chosen(Preset preset) {
        Map<String, String> values = new HashMap<>();
        Duration usual = preset.latency();
        Duration threshold = settings.map(s -> s.durationOr(NONE, "latency", usual, SHORTEST, LONGEST))
                .orElse(usual);
        values.put("source", source());
        values.put("availability", plain(ratio("availability", AVAILABILITY)));
        values.put("latencyTarget", plain(ratio("latencyTarget", LATENCY_TARGET)));
        values.put("latency.seconds", plain(BigDecimal.valueOf(threshold.toMillis(), MILLIS)));
        values.put("latency.milliseconds", String.valueOf(threshold.toMillis()));
        Optional<String> where = where();
        where.ifPresent(conditions -> values.put(WHERE, conditions));
        boolean legal = hasPlainName(values) && ownLabels(preset, values) && where.isPresent();
        boolean withLatency = settings.filter(s -> s.isWord("latency", NONE)).isEmpty();
        return legal ? Optional.of(new ChosenPreset(preset, service, values, withLatency)) : Optional.empty();
    }

    private BigDecimal ratio(String key, double usual) {
        return BigDecimal.valueOf(
                settings.map(s -> s.number(key, usual, 0, false, 1, false)).orElse(usual));
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    private String source() {
        settings.ifPresent(s -> s.describe(SOURCE, "the Prometheus of the service's own settings", "a DataSource"));
        return settings.flatMap(s -> s.optionalText(SOURCE))
                .map(name -> SOURCE + ": '" + quoted(name) + "'")
                .orElse("type: Prometheus");
    }

    /** The values of the labels that only this system has; each is the service's name unless the policy says otherwise. */
    private boolean ownLabels(Preset preset, Map<String, String> values) {
        boolean legal = true;
        for (String label : preset.placeholders()) {
            if (!COMMON.contains(label)) {
                settings.ifPresent(s -> s.describe(label, "the service", PLAIN_WORDS));
                Optional<String> given = settings.flatMap(s -> s.optionalText(label));
                legal &= given.isEmpty() || isPlain(label, given.get());
                values.put(label, given.orElse(service));
            }
        }
        return legal;
    }

    private boolean isPlain(String label, String value) {
        boolean legal = value.matches(PLAIN);
        if (!legal) {
            YamlMapping mapping = settings.orElseThrow();
            mapping.fault(label, mapping.path(label) + " is '" + value + "'; legal with a preset: text " + PLAIN_WORDS);
        }
        return legal;
    }

    private boolean hasPlainName(Map<String, String> values) {
        values.put(SERVICE, service);
        boolean legal = service.matches(NAME_FORM);
        if (!legal && !service.isEmpty()) {
            spec.fault(
                    SERVICE,
                    spec.path(SERVICE) + " is '" + service
                            + "'; legal with a preset: letters, digits, dots and dashes, " + NAME_FORM);
        }
        return legal;
    }

    /** Conditions with a comma behind, or nothing; empty after a fault. */
    private Optional<String> where() {
        settings.ifPresent(s -> s.describe(WHERE, "", CONDITIONS));
        Optional<String> given = settings.flatMap(s -> s.optionalText(WHERE));
        if (given.isEmpty()) {
            return Optional.of("");
        }
        String query = "metric{" + given.get() + "}";
        try {
            Selector.parse(query);
            return Optional.of(quoted(given.get()) + ",");
        } catch (SelectorException e) {
            YamlMapping mapping = settings.orElseThrow();
            mapping.fault(
                    WHERE,
                    mapping.path(WHERE) + " is '" + given.get() + "': in " + query + ", " + e.getMessage() + "; legal: "
                            + CONDITIONS);
            return Optional.empty();
        }
    }

    /** As it stands within single quotes in YAML. */
    private static String quoted(String text) {
        return text.replace("'", "''");
    }
}
