package dev.portcullis.analysis.tool.diagnosis;

import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.kit.text.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Whether the two counters of a ratio count the same requests of the same pods. */
final class PodSetCheck {
    /** Two counters that are read one after the other may differ by what came in between. */
    private static final double SLACK = 1.01;

    private PodSetCheck() {}

    /** What does not fit. */
    static List<Finding> check(Query part, List<Sample> partial, Query total, List<Sample> all) {
        Map<SortedMap<String, String>, Double> parts = LabelValues.byPod(partial);
        Map<SortedMap<String, String>, Double> totals = LabelValues.byPod(all);
        List<String> alone = pods(
                parts.keySet().stream().filter(pod -> !totals.containsKey(pod)).toList());
        List<Finding> findings = new ArrayList<>();
        if (!alone.isEmpty()) {
            findings.add(part.finding(
                    FindingKind.TOTAL_LACKS_PODS,
                    part.subject().part() + " requests are counted for "
                            + NumberText.counted(alone.size(), "pod", "pods") + ", but no total ones: "
                            + ListText.of(alone) + "; "
                            + part.subject().part() + " has the labels "
                            + ListText.of(LabelValues.names(partial)) + ", total "
                            + ListText.of(LabelValues.names(all)),
                    "let both queries select counters with the same labels namespace, pod and instance"));
        }
        lacking(part, parts, totals).forEach(findings::add);
        exceeding(part, parts, totals).forEach(findings::add);
        return findings;
    }

    private static List<Finding> lacking(
            Query good, Map<SortedMap<String, String>, Double> parts, Map<SortedMap<String, String>, Double> totals) {
        List<String> lacking = pods(totals.entrySet().stream()
                .filter(pod -> good.is(Query.GOOD) && pod.getValue() > 0 && !parts.containsKey(pod.getKey()))
                .map(Map.Entry::getKey)
                .toList());
        return lacking.isEmpty()
                ? List.of()
                : List.of(good.finding(
                        FindingKind.GOOD_LACKS_PODS,
                        "no good request is counted for " + NumberText.counted(lacking.size(), "pod", "pods") + ": "
                                + ListText.of(lacking) + ": all of their requests count as bad",
                        "if they serve good requests, let the query for good ones select their series"));
    }

    private static List<Finding> exceeding(
            Query part, Map<SortedMap<String, String>, Double> parts, Map<SortedMap<String, String>, Double> totals) {
        return totals.entrySet().stream()
                .filter(pod -> parts.getOrDefault(pod.getKey(), 0.0) > pod.getValue() * SLACK + 1)
                .limit(1)
                .map(pod -> part.finding(
                        FindingKind.PART_EXCEEDS_TOTAL,
                        "pod " + LabelValues.shown(pod.getKey()) + " has "
                                + FindingFormat.count(parts.getOrDefault(pod.getKey(), 0.0)) + " "
                                + part.subject().part() + " requests, but " + FindingFormat.count(pod.getValue())
                                + " in total",
                        "let " + part.subject().part() + " select a subset of what total selects"))
                .toList();
    }

    private static List<String> pods(List<SortedMap<String, String>> pods) {
        return pods.stream().map(LabelValues::shown).sorted().toList();
    }
}
