package dev.portcullis.analysis.source.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.metric.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseReaderTest {
    /** Answered by Prometheus 2.42; nothing was observed in v1, whose buckets are left out. */
    private static final String NATIVE = """
            {"status":"success","data":{"resultType":"vector","result":[
            {"metric":{"__name__":"http_request_duration_seconds","instance":"127.0.0.1:19777","job":"shop","version":"v1"},
             "histogram":[1795508060.194,{"count":"0","sum":"0"}]},
            {"metric":{"__name__":"http_request_duration_seconds","instance":"127.0.0.1:19777","job":"shop","version":"v2"},
             "histogram":[1795508060.194,{"count":"11","sum":"3.26","buckets":[
             [3,"-2.938735877055719e-39","2.938735877055719e-39","1"],[0,"0.01982892120612083","0.020263118041422026","7"],
             [0,"0.3038118399951172","0.310464453018371","2"],[0,"2.483715624146968","2.5381019143834664","1"]]}]}]}}""";

    @Test
    void nativeHistogramsAreReadWithTheirBuckets() throws QueryFailureException {
        Sample empty = samples(NATIVE).getFirst();
        assertEquals(0, empty.value());
        assertEquals(List.of(), empty.buckets());
        Sample sample = samples(NATIVE).getLast();
        assertEquals(11, sample.value());
        assertEquals("v2", sample.labels().get("version"));
        assertEquals(
                List.of(
                        new Sample.Bucket(-2.938735877055719e-39, 2.938735877055719e-39, 1),
                        new Sample.Bucket(0.01982892120612083, 0.020263118041422026, 7),
                        new Sample.Bucket(0.3038118399951172, 0.310464453018371, 2),
                        new Sample.Bucket(2.483715624146968, 2.5381019143834664, 1)),
                sample.buckets());
    }

    /** Query APIs written in Go give an empty list so when nobody has thought of it. */
    @Test
    void aResultThatIsNullHasNoSeries() throws QueryFailureException {
        assertEquals(
                List.of(), samples("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":null}}"));
        assertEquals(
                "the result is not a list of series, as a vector is one",
                assertThrows(
                                QueryFailureException.class,
                                () -> samples(
                                        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":7}}"))
                        .reason());
    }

    @Test
    void anAnswerThatBreaksOffIsRefusedWhereverThatIs() {
        for (int length = 0; length < NATIVE.length(); length++) {
            String cut = NATIVE.substring(0, length);
            var refused = assertThrows(QueryFailureException.class, () -> samples(cut), cut);
            assertEquals(QueryFailure.AWAY, refused.failure(), cut);
        }
        String cut = NATIVE.substring(0, 300);
        assertEquals(
                "status 200, and the answer is cut off: its JSON has no end after 300 characters",
                assertThrows(QueryFailureException.class, () -> samples(cut)).reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"}", "{}", "x", ",\"warnings\":[\"half of it\"]}"})
    void nothingMayFollowAnAnswer(String more) {
        assertThrows(QueryFailureException.class, () -> samples(NATIVE + more));
    }

    /** In the form of Prometheus 3, where a classic histogram can be kept as a native one with its own boundaries. */
    @Test
    void bucketsWithBoundariesOfTheirOwnReachFromMinusInfinityToInfinity() throws QueryFailureException {
        Sample sample = histogram(
                "{\"count\":\"8\",\"sum\":\"9\",\"buckets\":[[3,\"-Inf\",\"0.1\",\"5\"],[0,\"0.1\",\"0.3\",\"2\"],[0,\"5\",\"+Inf\",\"1\"]]}");
        assertEquals(
                List.of(
                        new Sample.Bucket(Double.NEGATIVE_INFINITY, 0.1, 5),
                        new Sample.Bucket(0.1, 0.3, 2),
                        new Sample.Bucket(5, Double.POSITIVE_INFINITY, 1)),
                sample.buckets());
    }

    @Test
    void plainValuesAndHistogramsCanStandSideBySide() throws QueryFailureException {
        String both =
                NATIVE.replace("\"result\":[", "\"result\":[{\"metric\":{\"version\":\"v0\"},\"value\":[1,\"3\"]},");
        assertEquals(new Sample(Map.of("version", "v0"), 3), samples(both).getFirst());
        assertEquals(3, samples(both).size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"sum\":\"9\"} | expected a number",
                "{\"count\":\"x\",\"sum\":\"9\"} | expected a number",
                "{\"count\":\"1\",\"buckets\":[[0,\"1\",\"2\"]]} | expected a number",
                "{\"count\":\"1\",\"buckets\":[7]} | expected a number",
                "7 | a series without a value"
            })
    void aHistogramThatIsNoneIsRefused(String histogram, String reason) {
        var refused = assertThrows(QueryFailureException.class, () -> samples(answer(histogram)));
        assertTrue(refused.reason().contains(reason), refused.reason());
    }

    @Test
    void moreSeriesThanAllowedAreRefusedWithTheirWholeNumber() {
        String series = IntStream.range(0, 12_343)
                .mapToObj(pod -> "{\"metric\":{\"pod\":\"" + pod + "\"},\"value\":[1,\"3\"]},")
                .collect(Collectors.joining());
        String body = NATIVE.replace("\"result\":[", "\"result\":[" + series);
        var refused = assertThrows(QueryFailureException.class, () -> vector(body, 10_000));
        assertEquals(QueryFailure.LIMIT, refused.failure());
        assertEquals(
                "query http_requests_total returned 12,345 series, more than the 10,000 that maxSeries allows; narrow the"
                        + " selector or raise maxSeries",
                refused.reason());
    }

    @Test
    void asManySeriesAsAllowedAreKept() throws QueryFailureException {
        assertEquals(2, vector(NATIVE, 2).size());
    }

    @Test
    void aSeriesOverTimeHasItsLabelsAndItsPoints() throws QueryFailureException {
        List<RangeSeries> series = series("[{\"metric\":{\"pod\":\"a\"},\"values\":[[10.5,\"3\"],[11,\"NaN\"]]}]");
        Map<String, String> labels = Map.of("pod", "a");
        var expected = new TreeMap<>(Map.of(
                Instant.ofEpochMilli(10_500), new Sample(labels, 3),
                Instant.ofEpochMilli(11_000), new Sample(labels, Double.NaN)));
        assertEquals(List.of(new RangeSeries(labels, expected)), series);
    }

    @Test
    void aSeriesThatBecameANativeHistogramHasItsPointsInTheOrderOfTime() throws QueryFailureException {
        List<RangeSeries> series =
                series("[{\"metric\":{},\"histograms\":[[20,{\"count\":\"2\",\"buckets\":[[0,\"1\",\"2\",\"2\"]]}]],"
                        + "\"values\":[[10,\"3\"]]}]");
        assertEquals(
                List.of(new Sample(Map.of(), 3), new Sample(Map.of(), 2, List.of(new Sample.Bucket(1, 2, 2)))),
                List.copyOf(series.getFirst().samples().values()));
    }

    @Test
    void theLabelsMayComeAfterTheValue() throws QueryFailureException {
        assertEquals(
                List.of(new Sample(Map.of("pod", "a"), 3)),
                samples(
                        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"value\":[1,\"3\"],\"metric\":{\"pod\":\"a\"}}]}}"));
    }

    @Test
    void aSeriesWithTwoValuesForOneMomentIsRefused() {
        String both = "{\"metric\":{\"pod\":\"a\"},\"values\":[[10,\"3\"],[10,\"4\"]]}";
        var refused = assertThrows(QueryFailureException.class, () -> series("[" + both + "]"));
        assertEquals(QueryFailure.AWAY, refused.failure());
        assertEquals("a series with two values for one moment: {pod=a}", refused.reason());
    }

    /** Good and total may lack different pods, and then the difference between them is no failed requests. */
    @Test
    void aPartialAnswerIsRefused() {
        String doubts = NATIVE.replace("\"data\"", "\"isPartial\":true,\"warnings\":[\"no\\nstore\"],\"data\"");
        var refused = assertThrows(QueryFailureException.class, () -> vector(doubts, 9));
        assertEquals(QueryFailure.AWAY, refused.failure());
        assertEquals("a partial answer, series may be missing in it: isPartial; no store", refused.reason());
    }

    @Test
    void remarksOnTheQueryAreNoDoubts() throws QueryFailureException {
        String whole = NATIVE.replace("\"data\"", "\"isPartial\":false,\"infos\":[\"odd name\"],\"data\"");
        assertEquals(2, vector(whole, 9).size());
    }

    @ParameterizedTest
    @CsvSource({"400,QUERY", "413,QUERY", "422,QUERY", "401,AWAY", "404,AWAY", "429,AWAY", "500,AWAY", "503,AWAY"})
    void theFaultIsTheQuerysOrTheServers(int status, QueryFailure failure) {
        String body = "{\"status\":\"error\",\"error\":\"no\"}";
        var reader = new ResponseReader<>("vector", RangeSeriesReader::sample, 1);
        var refused = assertThrows(QueryFailureException.class, () -> reader.read(status, body, "up"));
        assertEquals(failure, refused.failure());
        assertEquals("status " + status + ": no", refused.reason());
    }

    private static Sample histogram(String histogram) throws QueryFailureException {
        return samples(answer(histogram)).getFirst();
    }

    private static String answer(String histogram) {
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"histogram\":[1,"
                + histogram + "]}]}}";
    }

    private static List<Sample> samples(String body) throws QueryFailureException {
        return vector(body, 100);
    }

    private static List<Sample> vector(String body, int maxSeries) throws QueryFailureException {
        return new ResponseReader<>("vector", RangeSeriesReader::sample, maxSeries)
                .read(200, body, "http_requests_total");
    }

    private static List<RangeSeries> series(String result) throws QueryFailureException {
        String body = "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":" + result + "}}";
        return new ResponseReader<>("matrix", RangeSeriesReader::series, 100).read(200, body, "http_requests_total");
    }
}
