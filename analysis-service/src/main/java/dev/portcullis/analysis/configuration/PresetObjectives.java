package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.configuration.preset.ChosenPreset;
import dev.portcullis.analysis.configuration.preset.PresetReader;
import dev.portcullis.analysis.slo.CanaryLimits;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.ReleasePolicyDocument;
import dev.portcullis.kit.configuration.YamlMapping;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the preset of a policy stands for, read as if it were written out.
 *
 * @param slos its SLOs by name
 * @param policy the policy that names them; empty after a fault
 * @param faults what is wrong with the text it stands for, at lines that nobody can look up
 */
record PresetObjectives(
        ChosenPreset chosen, Map<String, DeclaredSlo> slos, Optional<ReleasePolicyDocument> policy, Faults faults) {

    /** The preset of a policy; empty when it has none or after a fault. */
    static Optional<PresetObjectives> read(ReleasePolicyDocument policy, DeclaredSources sources) {
        YamlMapping spec = policy.document().spec();
        return PresetReader.read(spec, policy.service())
                .filter(chosen -> hasSource(spec, sources))
                .map(chosen -> writtenOut(chosen, sources));
    }

    private static boolean hasSource(YamlMapping spec, DeclaredSources sources) {
        return !spec.isMapping(PresetReader.PRESET)
                || spec.mapping(PresetReader.PRESET)
                        .filter(settings -> settings.has(PresetReader.SOURCE))
                        .map(settings -> sources.named(settings).isPresent())
                        .orElse(true);
    }

    private static PresetObjectives writtenOut(ChosenPreset chosen, DeclaredSources sources) {
        Faults faults = new Faults();
        List<ConfigurationDocument> documents = chosen.documents(faults);
        SloReader reader = new SloReader(sources, faults);
        Map<String, DeclaredSlo> slos = new HashMap<>();
        for (ConfigurationDocument document : documents) {
            if (document.kind().equals("SLO") && chosen.wants(document.name())) {
                slos.put(document.name(), reader.read(document));
            }
        }
        Optional<ReleasePolicyDocument> policy =
                ReleasePolicyDocument.all(documents, faults).stream().findFirst();
        return new PresetObjectives(chosen, slos, policy, faults);
    }

    /** The label that tells the arms apart in the metrics of the system. */
    Optional<String> armLabel() {
        return policy.flatMap(ReleasePolicyDocument::arms).flatMap(arms -> arms.optionalText("label"));
    }

    /** The objectives, in the order of the preset. */
    List<Objective> objectives(Optional<CanaryLimits> limits) {
        ObjectiveReader reader = new ObjectiveReader(chosen.service(), slos, limits);
        return policy.stream()
                .flatMap(p -> p.objectives().stream())
                .filter(entry -> chosen.wants(entry.text(ObjectiveReader.SLO)))
                .flatMap(entry -> reader.read(entry).stream())
                .toList();
    }

    /** Whether an objective of the policy has the name of one of the preset's, which then is a fault. */
    boolean collides(YamlMapping entry) {
        Optional<String> same = slos.keySet().stream()
                .filter(name -> entry.isWord(ObjectiveReader.SLO, name))
                .findFirst();
        same.ifPresent(name -> entry.fault(
                ObjectiveReader.SLO,
                entry.path(ObjectiveReader.SLO) + " is '" + name + "', which preset '"
                        + chosen.preset().word() + "' makes itself; legal: an SLO of another name"));
        return same.isPresent();
    }

    /** Records at the policy's preset what is wrong with the text it stands for. */
    void tellFaults(YamlMapping spec) {
        faults.list()
                .forEach(fault -> spec.fault(
                        PresetReader.PRESET, "preset '" + chosen.preset().word() + "': " + fault.message()));
    }
}
