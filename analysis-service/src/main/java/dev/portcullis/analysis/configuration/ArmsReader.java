package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.slo.BaselineChoice;
import dev.portcullis.kit.configuration.KeyDescription;
import dev.portcullis.kit.configuration.YamlMapping;
import java.util.List;
import java.util.Optional;

/** Reads {@code arms} of a ReleasePolicy: what tells the canary from the pods it is compared with. */
final class ArmsReader {
    static final String DEFAULT_LABEL = "rollouts_pod_template_hash";
    /** Prometheus 3 has any text for a name; what a query has around names belongs to none that anybody means. */
    private static final String LABEL_FORM = "[^\\s\\p{Cntrl}\"'`{}()=~,]+";

    private static final String LEGAL_LABEL =
            "a label name such as version or app.version, without quotes, braces and blanks";
    private static final String LABEL = "label";
    private static final String VALUE = "value";
    private static final String BASELINE = "baseline";
    private static final String PODS = "baselinePods";
    private static final String STABLE = "stable";
    private static final String PREVIOUS_RELEASE = "previous-release";

    /**
     * What was read.
     *
     * @param label empty when the default is meant
     */
    record ArmSettings(Optional<String> label, BaselineChoice baseline) {
        static final ArmSettings NOTHING = new ArmSettings(Optional.empty(), BaselineChoice.STABLE);
    }

    private ArmsReader() {}

    /**
     * Reads the section.
     *
     * @param scored whether the Mann-Whitney judge decides, which cannot do without a baseline
     */
    static ArmSettings armSettings(YamlMapping arms, boolean scored) {
        arms.describe(LABEL, DEFAULT_LABEL, "a label name");
        Optional<String> label = arms.optionalText(LABEL);
        label.ifPresent(name -> requireName(arms, LABEL, name));
        String baseline = arms.choice(BASELINE, STABLE, List.of(STABLE, PREVIOUS_RELEASE));
        Optional<BaselineChoice> named = namedSet(arms.optionalMapping(PODS), arms.has(PODS));
        if (arms.has(BASELINE) && arms.has(PODS)) {
            arms.fault(
                    BASELINE, arms.path(BASELINE) + " and " + arms.path(PODS) + " are both given; legal: one of them");
        }
        if (scored && baseline.equals(PREVIOUS_RELEASE)) {
            arms.fault(
                    BASELINE,
                    arms.path(BASELINE) + " is '" + PREVIOUS_RELEASE + "', but the judge mann-whitney compares pods of"
                            + " the same time; legal: " + STABLE + ", or another judge");
        }
        arms.rejectUnknown();
        BaselineChoice unnamed =
                baseline.equals(PREVIOUS_RELEASE) ? BaselineChoice.PREVIOUS_RELEASE : BaselineChoice.STABLE;
        return new ArmSettings(label, named.orElse(unnamed));
    }

    private static Optional<BaselineChoice> namedSet(YamlMapping pods, boolean given) {
        pods.describe(LABEL, KeyDescription.REQUIRED, "a label name");
        pods.describe(VALUE, KeyDescription.REQUIRED, "");
        Optional<String> label = pods.optionalText(LABEL);
        Optional<String> value = pods.optionalText(VALUE);
        pods.rejectUnknown();
        if (!given) {
            return Optional.empty();
        }
        for (String key : List.of(LABEL, VALUE)) {
            if (!pods.has(key)) {
                pods.fault(key, pods.path(key) + " is missing; legal: {label: role, value: baseline}");
            }
        }
        label.ifPresent(name -> requireName(pods, LABEL, name));
        return label.flatMap(name -> value.map(of -> BaselineChoice.namedSet(name, of)));
    }

    private static void requireName(YamlMapping mapping, String key, String name) {
        if (!name.matches(LABEL_FORM)) {
            mapping.fault(key, mapping.path(key) + " is '" + name + "'; legal: " + LEGAL_LABEL);
        }
    }
}
