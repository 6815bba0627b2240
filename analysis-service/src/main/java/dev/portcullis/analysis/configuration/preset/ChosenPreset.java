package dev.portcullis.analysis.configuration.preset;

import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * A preset as one policy uses it.
 *
 * @param service the policy's service
 * @param values what stands for each placeholder
 * @param withLatency whether latency is an objective
 */
public record ChosenPreset(Preset preset, String service, Map<String, String> values, boolean withLatency) {
    private static final String LATENCY = "-latency";

    public ChosenPreset {
        values = Map.copyOf(values);
    }

    /** The configuration it stands for, as it could be written out: SLOs, and a ReleasePolicy that names them. */
    public String text() {
        return Preset.placeholders(preset.template())
                .replaceAll(placeholder -> Matcher.quoteReplacement(value(placeholder.group(1))));
    }

    /** The SLO documents of {@link #text}, and its ReleasePolicy. */
    public List<ConfigurationDocument> documents(Faults faults) {
        return ConfigurationDocument.ofText("preset " + preset.word(), text(), faults);
    }

    /** Whether an SLO of the preset is wanted. */
    public boolean wants(String slo) {
        return withLatency || !slo.equals(service + LATENCY);
    }

    private String value(String placeholder) {
        return Optional.ofNullable(values.get(placeholder))
                .orElseThrow(() -> new IllegalStateException("preset " + preset.word() + " has a placeholder '"
                        + placeholder + "' that nothing stands for"));
    }
}
