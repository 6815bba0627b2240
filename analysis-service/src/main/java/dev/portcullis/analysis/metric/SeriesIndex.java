package dev.portcullis.analysis.metric;

import dev.portcullis.analysis.query.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds the queries that mean a series. A series is looked up by its arm, so that many queries cost little more than one. Immutable
 * and thread-safe.
 */
public final class SeriesIndex {
    private final List<Predicate<Map<String, String>>> selectors;
    private final Map<String, Map<String, List<Integer>>> byArm = new HashMap<>();

    /** An index of these queries. */
    public SeriesIndex(List<SeriesQuery> queries) {
        Map<Selector, Predicate<Map<String, String>>> compiled = new HashMap<>();
        this.selectors = queries.stream()
                .map(query -> compiled.computeIfAbsent(query.selector(), Selector::compiled))
                .toList();
        for (int i = 0; i < queries.size(); i++) {
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

    private static List<Integer> union(List<Integer> some, List<Integer> more) {
        List<Integer> both = new ArrayList<>(some);
        more.stream().filter(i -> !some.contains(i)).forEach(both::add);
        return both;
    }
}
