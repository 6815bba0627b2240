package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.Indicator;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.analysis.slo.Severity;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.ReleasePolicyDocument;
import dev.portcullis.kit.configuration.YamlMapping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the sections of a ReleasePolicy that concern measuring: arms, objectives, analysis. */
final class PolicyReader {
    private static final String DEFAULT_ARM_LABEL = "rollouts_pod_template_hash";
    private static final String LABEL_FORM = "[a-zA-Z_][a-zA-Z0-9_]*";
    private static final String SLO = "slo";
    private static final List<String> SEVERITIES = Arrays.stream(Severity.values())
            .map(s -> s.name().toLowerCase(Locale.ROOT))
            .toList();

    private final Map<String, DeclaredSlo> slos;
    private final Faults faults;

    PolicyReader(Map<String, DeclaredSlo> slos, Faults faults) {
        this.slos = slos;
        this.faults = faults;
    }

    /** The objectives of the policy's service; empty when nothing can be made of them. */
    Optional<ServiceObjectives> read(ReleasePolicyDocument policy) {
        String armLabel = policy.arms().map(PolicyReader::armLabel).orElse(DEFAULT_ARM_LABEL);
        AnalysisSettings settings = policy.analysis().map(SettingsReader::read).orElse(AnalysisSettings.DEFAULT);
        List<Objective> objectives = objectives(policy, settings);
        if (policy.service().isEmpty() || objectives.isEmpty()) {
            return Optional.empty();
        }
        AnalysisSettings judged = policy.analysis()
                .filter(JudgeChoice::isMannWhitney)
                .map(analysis -> ScoreReader.read(analysis, settings, objectives))
                .orElse(settings);
        return Optional.of(new ServiceObjectives(policy.service(), armLabel, objectives, judged));
    }

    private static String armLabel(YamlMapping arms) {
        Optional<String> label = arms.optionalText("label");
        arms.rejectUnknown();
        if (label.isPresent() && !label.get().matches(LABEL_FORM)) {
            arms.fault("label", arms.path("label") + " is '" + label.get() + "'; legal: a label name, " + LABEL_FORM);
        }
        return label.orElse(DEFAULT_ARM_LABEL);
    }

    private List<Objective> objectives(ReleasePolicyDocument policy, AnalysisSettings settings) {
        YamlMapping spec = policy.document().spec();
        if (policy.objectives().isEmpty()) {
            spec.fault(
                    "objectives",
                    "spec.objectives has no usable entry; legal: a list such as [{slo: "
                            + slos.keySet().stream().sorted().findFirst().orElse("checkout-availability") + "}]");
            return List.of();
        }
        boolean scored = policy.analysis().filter(JudgeChoice::isMannWhitney).isPresent();
        List<Objective> objectives = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (YamlMapping entry : policy.objectives()) {
            objective(policy.service(), entry, seen).ifPresent(objective -> {
                if (!scored) {
                    LimitCheck.check(entry, objective, settings.limits());
                }
                objectives.add(objective);
            });
        }
        if (!objectives.isEmpty() && objectives.stream().allMatch(o -> o.severity() == Severity.INFORMATIONAL)) {
            spec.fault(
                    "objectives",
                    "spec.objectives are all informational, so that no verdict could be reached;"
                            + " legal: at least one critical, major or minor");
        }
        return objectives;
    }

    private Optional<Objective> objective(String service, YamlMapping entry, Set<String> seen) {
        Severity severity = entry.choice("severity", SEVERITIES)
                .map(word -> Severity.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(Severity.MAJOR);
        String given = entry.text(SLO);
        entry.rejectUnknown();
        if (given.isEmpty()) {
            return Optional.empty();
        }
        if (slos.isEmpty()) {
            entry.fault(SLO, entry.path(SLO) + " is '" + given + "', but the folder has no document of kind SLO");
            return Optional.empty();
        }
        Optional<String> name =
                entry.choice(SLO, slos.keySet().stream().sorted().toList());
        if (name.isPresent() && !seen.add(name.get())) {
            faults.add(entry, entry.path(SLO) + " is '" + name.get() + "' a second time; keep one");
            return Optional.empty();
        }
        return name.flatMap(known -> objective(service, entry, known, severity));
    }

    private Optional<Objective> objective(String service, YamlMapping entry, String name, Severity severity) {
        DeclaredSlo slo = slos.get(name);
        if (slo == null) {
            return Optional.empty();
        }
        if (!service.isEmpty() && !slo.service().isEmpty() && !slo.service().equals(service)) {
            entry.fault(
                    SLO,
                    entry.path(SLO) + " is '" + name + "', an SLO of service '" + slo.service() + "' (" + slo.place()
                            + "), but the policy is for '" + service + "'; legal: an SLO of the same service");
            return Optional.empty();
        }
        Optional<Indicator> indicator = slo.indicator();
        if (indicator.isEmpty() || slo.target().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Objective(name, slo.target().getAsDouble(), severity, indicator.get()));
    }
}
