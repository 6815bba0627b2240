package dev.portcullis.analysis.diagnosis;

import dev.portcullis.analysis.metric.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Whether the two counters of a ratio count the same requests of the same pods. */
final class PodSets {
    /** Two counters that are read one after the other may differ by what came in between. */
    private static final double SLACK = 1.01;

    private PodSets() {}

    /** What does not fit. */
    static List<Finding> check(Query part, List<Sample> partial, Query total, List<Sample> all) {
        Map<SortedMap<String, String>, Double> parts = SeriesLabels.byPod(partial);
        Map<SortedMap<String, String>, Double> totals = SeriesLabels.byPod(all);
        List<String> alone = pods(
                parts.keySet().stream().filter(pod -> !totals.containsKey(pod)).toList());
        List<Finding> findings = new ArrayList<>();
        if (!alone.isEmpty()) {
            findings.add(part.finding(
                    FindingKind.TOTAL_LACKS_PODS,
                    part.subject().part() + " requests are counted for "
                            + Listing.count(alone.size(), "pod", "pods") + ", but no total ones: "
                            + Listing.of(alone) + "; "
                            + part.subject().part() + " has the labels "
                            + Listing.of(SeriesLabels.names(partial)) + ", total "
                            + Listing.of(SeriesLabels.names(all)),
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
                        "no good request is counted for " + Listing.count(lacking.size(), "pod", "pods") + ": "
                                + Listing.of(lacking) + ": all of their requests count as bad",
                        "if they serve good requests, let the query for good ones select their series"));
    }

    private static List<Finding> exceeding(
            Query part, Map<SortedMap<String, String>, Double> parts, Map<SortedMap<String, String>, Double> totals) {
        return totals.entrySet().stream()
                .filter(pod -> parts.getOrDefault(pod.getKey(), 0.0) > pod.getValue() * SLACK + 1)
                .limit(1)
                .map(pod -> part.finding(
                        FindingKind.PART_EXCEEDS_TOTAL,
                        "pod " + SeriesLabels.shown(pod.getKey()) + " has "
                                + Rounding.count(parts.getOrDefault(pod.getKey(), 0.0)) + " "
                                + part.subject().part() + " requests, but " + Rounding.count(pod.getValue())
                                + " in total",
                        "let " + part.subject().part() + " select a subset of what total selects"))
                .toList();
    }

    private static List<String> pods(List<SortedMap<String, String>> pods) {
        return pods.stream().map(SeriesLabels::shown).sorted().toList();
    }
}
