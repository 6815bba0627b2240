package dev.portcullis.analysis.source.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.metric.SourceReading;
import dev.portcullis.analysis.query.Arm;
import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.query.LabelMatcher;
import dev.portcullis.analysis.query.LabelMatcher.Operator;
import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.query.SeriesQuery;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JoinedQueryPropertiesTest {
    private static final List<String> VALUES = List.of("a", "b", "a.b", "a|b", "(", "v\"1", "");

    @Property(tries = 2000)
    void joinedAnalysesAreGivenTheSeriesThatEachMeansAndEachOnce(
            @ForAll("queries") List<SeriesQuery> queries, @ForAll("series") Set<Map<String, String>> series) {
        List<SourceReading> together = read(queries, series);
        for (int i = 0; i < queries.size(); i++) {
            SeriesQuery query = queries.get(i);
            assertEquals(meant(query, series), labels(together.get(i)), query::toString);
            assertEquals(labels(read(List.of(query), series).getFirst()), labels(together.get(i)), query::toString);
        }
    }

    /** A server that gives what its queries' texts say. */
    private static List<SourceReading> read(List<SeriesQuery> queries, Set<Map<String, String>> series) {
        Map<Integer, SourceReading> together = new HashMap<>();
        for (JoinedQuery joined : JoinedQuery.of(queries)) {
            Selector asked = Selector.parse(joined.text());
            List<Sample> given = series.stream()
                    .filter(asked::matches)
                    .map(labels -> new Sample(labels, 1))
                    .toList();
            joined.readings(queries, given)
                    .forEach(
                            (position, readings) -> together.merge(position, readings.getFirst(), SourceReading::with));
        }
        return IntStream.range(0, queries.size())
                .mapToObj(position -> Objects.requireNonNull(together.get(position)))
                .toList();
    }

    private static Set<Map<String, String>> meant(SeriesQuery query, Set<Map<String, String>> series) {
        Set<Map<String, String>> meant = new HashSet<>();
        series.stream()
                .filter(query.selector()::matches)
                .filter(labels ->
                        query.arms().each().stream().anyMatch(arm -> arm.value().equals(labels.get(arm.label()))))
                .forEach(meant::add);
        return meant;
    }

    private static Set<Map<String, String>> labels(SourceReading reading) {
        List<Map<String, String>> given = ((SourceReading.Series) reading)
                .samples().stream().map(Sample::labels).toList();
        assertEquals(given.size(), new HashSet<>(given).size(), () -> "a series given twice: " + given);
        return new HashSet<>(given);
    }

    @Provide
    Arbitrary<List<SeriesQuery>> queries() {
        return Combinators.combine(selector(), arms())
                .as(SeriesQuery::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<Set<Map<String, String>>> series() {
        return Combinators.combine(Arbitraries.of("m", "n"), value(), value(), value(), value())
                .as((metric, x, y, version, track) -> {
                    Map<String, String> labels = new HashMap<>(Map.of(Selector.NAME_LABEL, metric));
                    Map.of("x", x, "y", y, "version", version, "track", track).forEach((label, value) -> {
                        // To Prometheus a label without a value is none.
                        if (!value.isEmpty()) {
                            labels.put(label, value);
                        }
                    });
                    return Map.copyOf(labels);
                })
                .set()
                .ofMaxSize(20);
    }

    private static Arbitrary<Selector> selector() {
        Arbitrary<List<LabelMatcher>> matchers = Combinators.combine(
                        Arbitraries.of("x", "y"),
                        Arbitraries.of(Operator.EQUAL, Operator.EQUAL, Operator.NOT_EQUAL),
                        value())
                .as(LabelMatcher::new)
                .list()
                .ofMaxSize(2);
        Arbitrary<List<LabelMatcher>> regex = Arbitraries.of(
                List.of(),
                List.of(),
                List.of(new LabelMatcher("x", Operator.MATCHES, "a.*")),
                List.of(new LabelMatcher("y", Operator.NOT_MATCHES, "a|b")));
        return Combinators.combine(Arbitraries.of("m", "n", "{m", "~"), matchers, regex)
                .as((metric, some, more) -> with(metric, some).apply(more));
    }

    private static java.util.function.Function<List<LabelMatcher>, Selector> with(
            String metric, List<LabelMatcher> some) {
        return more -> {
            Selector selector =
                    switch (metric) {
                        case "{m" ->
                            new Selector("", List.of(new LabelMatcher(Selector.NAME_LABEL, Operator.EQUAL, "m")));
                        case "~" ->
                            new Selector("", List.of(new LabelMatcher(Selector.NAME_LABEL, Operator.MATCHES, "m|n")));
                        default -> new Selector(metric, List.of());
                    };
            for (LabelMatcher matcher : some) {
                selector = selector.with(matcher);
            }
            for (LabelMatcher matcher : more) {
                selector = selector.with(matcher);
            }
            return selector;
        };
    }

    private static Arbitrary<Arms> arms() {
        Arbitrary<String> arm = Arbitraries.of(VALUES.subList(0, VALUES.size() - 1));
        return Combinators.combine(
                        Arbitraries.of("version", "track"),
                        arm,
                        Arbitraries.of("version", "track"),
                        arm,
                        Arbitraries.of(true, false))
                .as((label, canary, otherLabel, baseline, compares) ->
                        new Arms(new Arm(label, canary), compares ? new Arm(otherLabel, baseline) : null));
    }

    private static Arbitrary<String> value() {
        return Arbitraries.of(VALUES);
    }
}
