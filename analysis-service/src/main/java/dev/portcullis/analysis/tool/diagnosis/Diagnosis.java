package dev.portcullis.analysis.tool.diagnosis;

import dev.portcullis.analysis.inspection.SourceInspection;
import dev.portcullis.analysis.slo.ServiceObjectives;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Holds policies against what their metric sources have, so that what would keep a release from being judged is found before the first one. Unlike an analysis it may
 * look at what was before and at all versions, since nothing is decided by it. Blocks for seconds.
 */
public final class Diagnosis {
    private static final int MORE_LOOKS = 3;

    private final Map<String, SourceInspection> sources;
    private final Pause pause;

    /**
     * A diagnosis not yet made.
     *
     * @param sources by name; those that cannot be looked into are left out
     * @param pause between two looks at sources that keep no history
     */
    public Diagnosis(Map<String, SourceInspection> sources, Pause pause) {
        this.sources = Map.copyOf(sources);
        this.pause = pause;
    }

    /** What is found, sources first, then in the order of the policies. */
    public List<Finding> of(Collection<ServiceObjectives> services) {
        Map<ServiceObjectives, List<ObjectiveDiagnosis>> objectives = new HashMap<>();
        SourceSnapshots first = new SourceSnapshots(sources);
        for (ServiceObjectives service : services) {
            objectives.put(service, begun(service, first));
        }
        secondLook(objectives.values().stream().flatMap(List::stream).toList());
        List<Finding> findings = new ArrayList<>(first.findings());
        for (ServiceObjectives service : services) {
            List<ObjectiveDiagnosis> of = objectives.getOrDefault(service, List.of());
            of.forEach(objective -> findings.addAll(objective.findings()));
            findings.addAll(traffic(service, of));
        }
        return findings.stream().distinct().toList();
    }

    private List<ObjectiveDiagnosis> begun(ServiceObjectives service, SourceSnapshots snapshots) {
        List<ObjectiveDiagnosis> objectives = service.objectives().stream()
                .map(objective -> new ObjectiveDiagnosis(service, objective, sources))
                .toList();
        objectives.forEach(objective -> objective.attempt(() -> objective.begin(snapshots)));
        return objectives;
    }

    private void secondLook(List<ObjectiveDiagnosis> objectives) {
        List<ObjectiveDiagnosis> without =
                objectives.stream().filter(ObjectiveDiagnosis::needsSecondLook).toList();
        if (without.isEmpty()) {
            return;
        }
        pause.take();
        SourceSnapshots second = new SourceSnapshots(sources);
        without.forEach(objective -> objective.attempt(() -> objective.end(second)));
        // Processes that answer in turn show when they are asked several times, at once.
        for (int i = 0; i < MORE_LOOKS; i++) {
            SourceSnapshots again = new SourceSnapshots(sources);
            without.forEach(objective -> objective.attempt(() -> objective.endAgain(again)));
        }
        without.forEach(objective -> objective.attempt(objective::concludeLooks));
    }

    private static List<Finding> traffic(ServiceObjectives service, List<ObjectiveDiagnosis> objectives) {
        Map<String, Double> rates = new HashMap<>();
        Map<String, Double> ratios = new HashMap<>();
        for (ObjectiveDiagnosis objective : objectives) {
            OptionalDouble rate = objective.rate();
            rate.ifPresent(requests -> rates.put(objective.name(), requests));
            ratios.put(objective.name(), objective.ratio());
        }
        if (rates.isEmpty()) {
            return List.of();
        }
        if (rates.values().stream().allMatch(rate -> rate <= 0)) {
            return List.of(Finding.of(
                    FindingKind.NO_TRAFFIC,
                    new Subject.OfPolicy(service.service()),
                    "no request to '" + service.service() + "' was counted while it was being observed",
                    "send it some: without requests every release is held until its deadline"));
        }
        // Where the requests of one objective could not be counted, nothing is known of its need.
        return rates.size() < objectives.size() ? List.of() : need(service, rates, ratios);
    }

    private static List<Finding> need(
            ServiceObjectives service, Map<String, Double> rates, Map<String, Double> ratios) {
        try {
            return TrafficCheck.check(service, rates, ratios).stream().toList();
        } catch (RuntimeException e) {
            return List.of(failed(new Subject.OfPolicy(service.service()), e));
        }
    }

    /** Of one thing that could not be looked at to the end, so that all others still are. */
    static Finding failed(Subject subject, RuntimeException error) {
        return Finding.of(
                FindingKind.LOOK_FAILED,
                subject,
                "an error of Portcullis itself kept this from being checked: " + error,
                "please report it with this line; everything else was checked");
    }
}
