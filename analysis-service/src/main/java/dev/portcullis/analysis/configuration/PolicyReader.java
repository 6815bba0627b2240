package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.configuration.preset.PresetReader;
import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.CanaryLimits;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.analysis.slo.Severity;
import dev.portcullis.kit.configuration.ReleasePolicyDocument;
import dev.portcullis.kit.configuration.YamlMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the sections of a ReleasePolicy that concern measuring: preset, arms, objectives, analysis. */
final class PolicyReader {
    private static final String OBJECTIVES = "objectives";

    private final Map<String, DeclaredSlo> slos;
    private final DeclaredSources sources;

    PolicyReader(Map<String, DeclaredSlo> slos, DeclaredSources sources) {
        this.slos = slos;
        this.sources = sources;
    }

    /** The objectives of the policy's service; empty when nothing can be made of them. */
    Optional<ServiceObjectives> read(ReleasePolicyDocument policy) {
        Optional<PresetObjectives> preset = PresetObjectives.read(policy, sources);
        Optional<ServiceObjectives> read = read(policy, preset);
        preset.ifPresent(p -> p.tellFaults(policy.document().spec()));
        return read;
    }

    private Optional<ServiceObjectives> read(ReleasePolicyDocument policy, Optional<PresetObjectives> preset) {
        AnalysisSettings settings = policy.analysis().map(SettingsReader::read).orElse(AnalysisSettings.DEFAULT);
        Optional<YamlMapping> scored = policy.analysis().filter(JudgeChoice::isMannWhitney);
        ArmsReader.ArmSettings arms = policy.arms()
                .map(section -> ArmsReader.armSettings(section, scored.isPresent()))
                .orElse(ArmsReader.ArmSettings.NOTHING);
        String armLabel = arms.label()
                .or(() -> preset.flatMap(PresetObjectives::armLabel))
                .orElse(ArmsReader.DEFAULT_LABEL);
        List<Objective> objectives =
                objectives(policy, preset, Optional.of(settings.limits()).filter(limits -> scored.isEmpty()));
        if (policy.service().isEmpty() || objectives.isEmpty()) {
            return Optional.empty();
        }
        AnalysisSettings judged = scored.map(analysis -> ScoreReader.read(analysis, settings, objectives))
                .orElse(settings);
        return Optional.of(new ServiceObjectives(policy.service(), armLabel, arms.baseline(), objectives, judged));
    }

    private List<Objective> objectives(
            ReleasePolicyDocument policy, Optional<PresetObjectives> preset, Optional<CanaryLimits> limits) {
        YamlMapping spec = policy.document().spec();
        spec.describe(OBJECTIVES, "required without a preset", "not all informational");
        if (policy.objectives().isEmpty() && !spec.has(PresetReader.PRESET)) {
            spec.fault(
                    OBJECTIVES,
                    "spec.objectives has no usable entry; legal: a list such as [{slo: "
                            + slos.keySet().stream().sorted().findFirst().orElse("checkout-availability")
                            + "}], or a preset, such as preset: istio");
        }
        List<Objective> objectives = new ArrayList<>();
        preset.ifPresent(p -> objectives.addAll(p.objectives(limits)));
        ObjectiveReader reader = new ObjectiveReader(policy.service(), slos, limits);
        for (YamlMapping entry : policy.objectives()) {
            if (preset.filter(p -> p.collides(entry)).isEmpty()) {
                reader.read(entry).ifPresent(objectives::add);
            }
        }
        if (!objectives.isEmpty() && objectives.stream().allMatch(o -> o.severity() == Severity.INFORMATIONAL)) {
            spec.fault(
                    OBJECTIVES,
                    "spec.objectives are all informational, so that no verdict could be reached;"
                            + " legal: at least one critical, major or minor");
        }
        return objectives;
    }
}
