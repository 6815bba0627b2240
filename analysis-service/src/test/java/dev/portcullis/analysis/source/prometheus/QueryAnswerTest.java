package dev.portcullis.analysis.source.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.metric.Sample;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryAnswerTest {
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
    void nativeHistogramsAreReadWithTheirBuckets() {
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

    /** In the form of Prometheus 3, where a classic histogram can be kept as a native one with its own boundaries. */
    @Test
    void bucketsWithBoundariesOfTheirOwnReachFromMinusInfinityToInfinity() {
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
    void plainValuesAndHistogramsCanStandSideBySide() {
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
        var refused = assertInstanceOf(QueryAnswer.Refused.class, QueryAnswer.read(200, answer(histogram)));
        assertTrue(refused.reason().contains(reason), refused.reason());
    }

    private static Sample histogram(String histogram) {
        return samples(answer(histogram)).getFirst();
    }

    private static String answer(String histogram) {
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"histogram\":[1,"
                + histogram + "]}]}}";
    }

    private static List<Sample> samples(String body) {
        return assertInstanceOf(QueryAnswer.Vector.class, QueryAnswer.read(200, body))
                .samples();
    }
}
