package dev.portcullis.analysis.source.prometheus;

import dev.portcullis.analysis.query.Arm;
import dev.portcullis.analysis.query.LabelMatcher;
import dev.portcullis.analysis.query.LabelMatcher.Operator;
import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.query.SeriesQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one analysis wants of one metric by one label of its arms: the queries of good, bad and all requests are answered by the same
 * series, so that they cannot be of different moments.
 *
 * @param positions of the queries among all that are asked
 * @param metric its name; empty when the matchers tell it
 * @param common conditions that all of the queries have
 * @param armLabel the label that tells the arms apart
 * @param arms the values of it
 */
record Member(List<Integer> positions, String metric, List<LabelMatcher> common, String armLabel, List<String> arms) {
    /** In place of the selector of queries that name their metric. */
    private static final Selector NAMED = new Selector("", List.of());

    private record Key(String metric, Selector unnamed, List<Arm> arms, String armLabel, List<String> values) {}

    /** The members that these queries make. */
    static List<Member> of(List<SeriesQuery> queries) {
        Map<Key, List<Integer>> positions = new LinkedHashMap<>();
        for (int i = 0; i < queries.size(); i++) {
            SeriesQuery query = queries.get(i);
            String metric = query.selector().named().orElse("");
            Selector unnamed = metric.isEmpty() ? query.selector() : NAMED;
            int position = i;
            query.arms().valuesByLabel().forEach((label, values) -> positions
                    .computeIfAbsent(
                            new Key(metric, unnamed, query.arms().each(), label, values), key -> new ArrayList<>())
                    .add(position));
        }
        List<Member> members = new ArrayList<>();
        positions.forEach((key, asked) -> nested(queries, asked)
                .forEach(group -> members.add(
                        new Member(group, key.metric(), common(queries, group), key.armLabel(), key.values()))));
        return members;
    }

    /**
     * Queries that one of them contains: what has other values, such as another path, is asked apart, or the series of all paths would
     * have to be read.
     */
    private static Collection<List<Integer>> nested(List<SeriesQuery> queries, List<Integer> positions) {
        Map<Set<LabelMatcher>, List<Integer>> groups = new LinkedHashMap<>();
        positions.stream()
                .sorted(Comparator.comparingInt(
                        position -> equalities(queries.get(position)).size()))
                .forEach(position -> {
                    Set<LabelMatcher> values = equalities(queries.get(position));
                    Set<LabelMatcher> group = groups.keySet().stream()
                            .filter(values::containsAll)
                            .findFirst()
                            .orElse(values);
                    groups.computeIfAbsent(group, g -> new ArrayList<>()).add(position);
                });
        return groups.values();
    }

    private static Set<LabelMatcher> equalities(SeriesQuery query) {
        return matchers(query).stream()
                .filter(matcher -> matcher.operator() == Operator.EQUAL)
                .collect(Collectors.toSet());
    }

    private static List<LabelMatcher> common(List<SeriesQuery> queries, List<Integer> positions) {
        Set<LabelMatcher> common = new LinkedHashSet<>(matchers(queries.get(positions.getFirst())));
        positions.forEach(position -> common.retainAll(matchers(queries.get(position))));
        return List.copyOf(common);
    }

    /** Without the metric's name, if it is told outright. */
    private static List<LabelMatcher> matchers(SeriesQuery query) {
        boolean named = query.selector().named().isPresent();
        return query.selector().matchers().stream()
                .filter(matcher ->
                        !(named && matcher.label().equals(Selector.NAME_LABEL) && matcher.operator() == Operator.EQUAL))
                .toList();
    }

    /** What it has to have in common with others to be asked together with them: all but the values of {@code label="value"}. */
    List<Object> shape() {
        List<Object> shape = new ArrayList<>(List.of(metric, armLabel));
        common.forEach(matcher -> shape.add(matcher.operator() == Operator.EQUAL ? matcher.label() : matcher));
        return shape;
    }
}
