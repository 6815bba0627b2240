package dev.portcullis.analysis.source.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.query.Arm;
import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.query.SeriesQuery;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JoinedQueryTest {
    private static final Arms ARMS = new Arms("version", "v2", "v1");
    private static final int METRICS = 10;

    @Test
    void theGoodAndAllRequestsOfAnAnalysisAreOneQuery() {
        assertEquals(
                List.of("requests_total{version=~\"v1|v2\"}"),
                texts(query("requests_total{code!~\"5..\"}", ARMS), query("requests_total", ARMS)));
    }

    @Test
    void whatTheQueriesOfAnAnalysisHaveInCommonIsAskedFor() {
        assertEquals(
                List.of("requests_total{service=\"shop\",version=~\"v1|v2\"}"),
                texts(
                        query("requests_total{service=\"shop\",code=~\"5..\"}", ARMS),
                        query("requests_total{service=\"shop\"}", ARMS)));
    }

    @ParameterizedTest
    @CsvSource({"1,10", "100,10", "5000,"})
    void analysesThatShareAMetricAreOneQueryUpToTheLongestText(int analyses, Integer expected) {
        List<JoinedQuery> joined = JoinedQuery.of(ofManyAnalyses(analyses));
        joined.forEach(query -> assertTrue(
                query.text().length() <= JoinedQuery.LONGEST, () -> query.text().length() + " characters"));
        if (expected != null) {
            assertEquals(expected, joined.size());
        }
        int characters =
                joined.stream().mapToInt(query -> query.text().length()).sum();
        int fewest = Math.ceilDiv(characters, JoinedQuery.LONGEST);
        // Each but the last of a metric is full, and no query is of two metrics.
        assertTrue(joined.size() <= fewest + METRICS, joined.size() + " queries of " + characters + " characters");
        everyQueryIsAnswered(ofManyAnalyses(analyses), joined);
    }

    @Test
    void valuesThatDifferAreJoinedAndOtherConditionsKept() {
        assertEquals(
                List.of("requests_total{service=~\"cart|pay\\\\.eu\",code!~\"5..\",version=~\"v1|v2|w1|w2\"}"),
                texts(
                        query("requests_total{service=\"cart\",code!~\"5..\"}", ARMS),
                        query("requests_total{service=\"pay.eu\",code!~\"5..\"}", new Arms("version", "w2", "w1"))));
    }

    @Test
    void theLengthIsCountedInBytesAsItIsSent() {
        List<SeriesQuery> queries = IntStream.range(0, 2_000)
                .mapToObj(i -> query("requests_total{service=\"ü." + i + "\"}", new Arms("version", "é|" + i, "s")))
                .toList();
        List<Integer> lengths = JoinedQuery.of(queries).stream()
                .map(joined -> joined.text().getBytes(StandardCharsets.UTF_8).length)
                .toList();
        lengths.forEach(length -> assertTrue(length <= JoinedQuery.LONGEST, lengths::toString));
        assertTrue(lengths.getFirst() > JoinedQuery.LONGEST - 100, lengths::toString);
    }

    @Test
    void otherConditionsOrOtherLabelsAreAskedApart() {
        assertEquals(
                4,
                texts(
                                query("requests_total{code!~\"5..\"}", new Arms("version", "a", null)),
                                query("requests_total{code!~\"4..\"}", new Arms("version", "b", null)),
                                query("requests_total{service=\"x\"}", new Arms("version", "c", null)),
                                query("requests_total{job=\"x\"}", new Arms("version", "d", null)))
                        .size());
    }

    @Test
    void thePathsOfAnAnalysisAreAskedForAndNoOthers() {
        List<JoinedQuery> joined = JoinedQuery.of(List.of(
                query("requests_total{path=\"/pay\"}", ARMS),
                query("requests_total{path=\"/cart\"}", ARMS),
                query("requests_total{path=\"/pay\",code=\"500\"}", ARMS)));
        Map<String, String> other = Map.of("__name__", "requests_total", "path", "/search", "version", "v2");
        joined.forEach(query -> assertFalse(Selector.parse(query.text()).matches(other), query::text));
    }

    @Test
    void anAnalysisWithTwoArmLabelsIsAskedForByEach() {
        Arms arms = new Arms(new Arm("hash", "abc"), new Arm("track", "stable"));
        List<SeriesQuery> queries = List.of(query("requests_total{code=\"500\"}", arms), query("requests_total", arms));
        List<JoinedQuery> joined = JoinedQuery.of(queries);
        assertEquals(
                List.of("requests_total{hash=\"abc\"}", "requests_total{track=\"stable\"}"),
                joined.stream().map(JoinedQuery::text).toList());
        everyQueryIsAnswered(queries, joined);
    }

    @Test
    void aMetricNamedByAMatcherIsJoinedWithItsOtherSpelling() {
        assertEquals(
                List.of("requests_total{version=~\"v1|v2\"}"),
                texts(
                        query("{__name__=\"requests_total\",code=\"500\"}", ARMS),
                        query("requests_total", ARMS),
                        query("{__name__=\"requests_total\"}", ARMS)));
    }

    @Test
    void aMetricNamedByARegularExpressionIsAskedForByIt() {
        assertEquals(
                List.of("{__name__=~\"requests|calls\",version=~\"v1|v2|w1|w2\"}"),
                texts(
                        query("{__name__=~\"requests|calls\"}", ARMS),
                        query("{__name__=~\"requests|calls\"}", new Arms("version", "w2", "w1"))));
    }

    @Test
    void halvesAskForAllThatTheWholeAsksFor() {
        List<SeriesQuery> queries = ofManyAnalyses(7);
        for (JoinedQuery whole : JoinedQuery.of(queries)) {
            List<Integer> parts = whole.halves().stream()
                    .flatMap(half -> half.positions().stream())
                    .toList();
            assertEquals(whole.positions(), parts);
            whole.halves().forEach(half -> assertFalse(half.positions().isEmpty()));
        }
    }

    /** Each analysis counts the requests of a service of its own, in one of ten metrics. */
    private static List<SeriesQuery> ofManyAnalyses(int analyses) {
        return IntStream.range(0, analyses)
                .boxed()
                .flatMap(i -> IntStream.range(0, METRICS).boxed().flatMap(m -> {
                    Arms arms = new Arms("version", "canary-" + i, "stable-" + i);
                    String metric = "requests_" + m + "{service=\"service-" + i + "\"";
                    return Stream.of(query(metric + ",code=~\"5..\"}", arms), query(metric + "}", arms));
                }))
                .toList();
    }

    private static void everyQueryIsAnswered(List<SeriesQuery> queries, List<JoinedQuery> joined) {
        List<List<String>> armLabels = new ArrayList<>();
        queries.forEach(query -> armLabels.add(new ArrayList<>()));
        for (JoinedQuery query : joined) {
            query.positions().forEach(position -> armLabels.get(position).add(query.armLabel()));
        }
        for (int i = 0; i < queries.size(); i++) {
            assertEquals(
                    List.copyOf(queries.get(i).arms().valuesByLabel().keySet()),
                    armLabels.get(i).stream().sorted().toList());
        }
    }

    private static List<String> texts(SeriesQuery... queries) {
        List<JoinedQuery> joined = JoinedQuery.of(List.of(queries));
        everyQueryIsAnswered(List.of(queries), joined);
        return joined.stream().map(JoinedQuery::text).toList();
    }

    private static SeriesQuery query(String selector, Arms arms) {
        return new SeriesQuery(Selector.parse(selector), arms);
    }
}
