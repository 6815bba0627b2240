package dev.portcullis.analysis.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds the queries that mean a series. A series is looked up by its arm, so that many queries cost little more than one. Immutable
 * and thread-safe.
 */
public final class SeriesIndex {
    private final List<SeriesQuery> queries;
    private final List<Predicate<Map<String, String>>> selectors;
    private final Map<String, Map<String, List<Integer>>> byArm = new HashMap<>();
    /** Queries that do not name their metric are under the empty name. */
    private final Map<String, List<Integer>> byMetric = new HashMap<>();

    /** An index of these queries. */
    public SeriesIndex(List<SeriesQuery> queries) {
        this.queries = List.copyOf(queries);
        Map<Selector, Predicate<Map<String, String>>> compiled = new HashMap<>();
        this.selectors = queries.stream()
                .map(query -> compiled.computeIfAbsent(query.selector(), Selector::compiled))
                .toList();
        for (int i = 0; i < queries.size(); i++) {
            byMetric.computeIfAbsent(queries.get(i).selector().named().orElse(""), metric -> new ArrayList<>())
                    .add(i);
            for (Arm arm : Set.copyOf(queries.get(i).arms().each())) {
                byArm.computeIfAbsent(arm.label(), label -> new HashMap<>())
                        .computeIfAbsent(arm.value(), value -> new ArrayList<>())
                        .add(i);
            }
        }
    }

    /** The positions of the queries that mean a series with these labels, each once; empty for a series of nobody. */
    public List<Integer> meaning(Map<String, String> labels) {
        List<Integer> found = List.of();
        for (Map.Entry<String, Map<String, List<Integer>>> values : byArm.entrySet()) {
            String value = labels.get(values.getKey());
            List<Integer> ofArm = value == null ? null : values.getValue().get(value);
            if (ofArm != null) {
                found = found.isEmpty() ? ofArm : union(found, ofArm);
            }
        }
        return found.stream().filter(i -> selectors.get(i).test(labels)).toList();
    }

    /** Whether a series with these labels belongs to an arm that is asked for, whatever it counts. */
    public boolean knowsArm(Map<String, String> labels) {
        return byArm.entrySet().stream().anyMatch(values -> {
            String value = labels.get(values.getKey());
            return value != null && values.getValue().containsKey(value);
        });
    }

    /** Whether labels with these names tell the arms of every query apart. */
    public boolean hasArmLabels(Set<String> labels) {
        return labels.containsAll(byArm.keySet());
    }

    /**
     * The positions of the queries that would mean a series if it had a label that tells their arms apart, each once.
     *
     * @param labels of the series
     * @param present names of labels that it has, those with an empty value among them
     */
    public List<Integer> withoutArm(Map<String, String> labels, Set<String> present) {
        if (hasArmLabels(present)) {
            return List.of();
        }
        return Stream.of(labels.getOrDefault(Selector.NAME_LABEL, ""), "")
                .flatMap(metric -> byMetric.getOrDefault(metric, List.of()).stream())
                .filter(i -> !queries.get(i).arms().hasLabel(present)
                        && selectors.get(i).test(labels))
                .toList();
    }

    private static List<Integer> union(List<Integer> some, List<Integer> more) {
        List<Integer> both = new ArrayList<>(some);
        more.stream().filter(i -> !some.contains(i)).forEach(both::add);
        return both;
    }
}
