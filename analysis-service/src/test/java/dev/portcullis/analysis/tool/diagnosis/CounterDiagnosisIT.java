package dev.portcullis.analysis.tool.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What speaks against a metric's being a counter or a histogram, in exact words. */
class CounterDiagnosisIT {
    private static final String TOTAL = "http_requests_total";

    private static List<String> ofBad(String page, String query) {
        return ofBad(page, page, query);
    }

    /** Those of the query for bad requests. */
    private static List<String> ofBad(String page, String later, String query) {
        try (var shop = new DiagnosedShop(DiagnosedShop.PAGE + page).becoming(DiagnosedShop.PAGE + later)) {
            return shop.ratio("bad", query, TOTAL).stream()
                    .filter(told -> told.contains(", bad: "))
                    .toList();
        }
    }

    @Test
    void aDeclaredGaugeIsNoCounter() {
        assertEquals(
                List.of(
                        "NOT_A_COUNTER shop.yaml:21: errors, bad: in_flight is declared a gauge, which goes up and down;"
                                + " select a counter, whose name by convention ends with _total"),
                ofBad("", "in_flight"));
    }

    @Test
    void aQuantileOfASummaryIsNoCounter() {
        assertEquals(
                List.of(
                        "NOT_A_COUNTER shop.yaml:21: errors, bad: rpc is declared a quantile of a summary, which is not a count; select its _count, or for a latency objective a histogram"),
                ofBad("# TYPE rpc summary\nrpc{pod=\"a\",version=\"v1\",quantile=\"0.9\"} 3\n", "rpc"));
    }

    @Test
    void anInformationIsNoCounter() {
        assertEquals(
                List.of(
                        "NOT_A_COUNTER shop.yaml:21: errors, bad: build is declared an info metric, whose value is not a count; select a counter, whose name by convention ends with _total"),
                ofBad("# TYPE build info\nbuild{pod=\"a\",version=\"v1\"} 1\n", "build"));
    }

    @Test
    void aSumOfSecondsCountsNoRequests() {
        assertEquals(
                List.of("NOT_A_COUNTER shop.yaml:21: errors, bad: http_request_duration_seconds_sum adds up what was"
                        + " observed, such as seconds, and counts no requests; select"
                        + " http_request_duration_seconds_count"),
                ofBad("", "http_request_duration_seconds_sum"));
    }

    @Test
    void theResultOfARecordingRuleIsNamed() {
        assertEquals(
                List.of(
                        "RECORDED_RESULT shop.yaml:21: warning: errors, bad: job:errors:rate5m is made by a recording rule;"
                                + " the result of rate(), increase() or a quotient is not a count; select the counters that the"
                                + " rule reads"),
                ofBad("job:errors:rate5m{pod=\"a\",version=\"v1\"} 3\n", "job:errors:rate5m"));
    }

    @Test
    void aBrokenNumberIsNoCountOfRequests() {
        assertEquals(
                List.of(
                        "NOT_A_COUNTER shop.yaml:21: errors, bad: the value of a series is 0.8134, but a count of requests is a whole number, 0 or more: errors_total; select a counter of requests, not a rate, a ratio"
                                + " or a time"),
                ofBad("errors_total{pod=\"a\",version=\"v1\"} 0.8134\n", "errors_total"));
    }

    @Test
    void countersPrintedWithSixDigitsAreCoarse() {
        var page =
                "hits_total{pod=\"a\",version=\"v1\"} 2.00001e+09\nhits_total{pod=\"b\",version=\"v1\"} 1.99998e+09\n";
        assertEquals(
                List.of("COUNTER_COARSE shop.yaml:21: errors, bad: all large counters of hits_total are round, as"
                        + " 2,000,010,000: they seem to have 6 digits and to move in steps of 10,000, so that most releases"
                        + " would be held; print counters in full (%.0f or %.17g, not %g or a stream's six digits)"),
                ofBad(page, "hits_total").stream()
                        .filter(told -> told.startsWith("COUNTER_COARSE"))
                        .toList());
    }

    @Test
    void countersOf32BitFloatsAreCoarse() {
        var page = "hits_total{pod=\"a\",version=\"v1\"} 2000012288\nhits_total{pod=\"b\",version=\"v1\"} 1999998976\n"
                + "hits_total{pod=\"c\",version=\"v1\"} 1999999104\n";
        var told = ofBad(page, "hits_total").getFirst();
        assertTrue(told.contains("they seem to have 24 binary digits and to move in steps of 128"), told);
    }

    @Test
    void aRoundCounterBesideOthersIsNoSign() {
        var page = "hits_total{pod=\"a\",version=\"v1\"} 2000010000\nhits_total{pod=\"b\",version=\"v1\"} 1999980001\n";
        assertEquals(
                List.of(),
                ofBad(page, "hits_total").stream()
                        .filter(told -> told.startsWith("COUNTER_COARSE"))
                        .toList());
    }

    @Test
    void aValueThatFallsALittleIsNoCounter() {
        var page = "errors_total{pod=\"a\",version=\"v1\"} 40\n";
        assertEquals(
                List.of(
                        "NOT_A_COUNTER shop.yaml:21: errors, bad: a series of errors_total fell from 40 to 37 while it was being observed, but a counter falls only to 0, and only when its process restarts; select a"
                                + " counter, whose name by convention ends with _total"),
                ofBad(page, page.replace("40", "37"), "errors_total"));
        assertEquals(List.of(), ofBad(page, page.replace("40", "2"), "errors_total"), "after a restart");
    }

    @Test
    void whatNothingTellsToBeACounterIsAWarning() {
        assertEquals(
                List.of(
                        "COUNTER_UNCERTAIN shop.yaml:21: warning: errors, bad: nothing shows that failures is a counter: it has no declared type, and its name does not end with _total, _count, _bucket; make sure that it"
                                + " counts requests and only ever rises until its process is restarted"),
                ofBad("failures{pod=\"a\",version=\"v1\"} 3\n", "failures"));
    }

    @Test
    void aThresholdOutsideOfTheBucketsIsToldWithThem() {
        assertEquals(
                List.of(
                        "THRESHOLD_OUTSIDE_BUCKETS shop.yaml:16: errors, histogram: the threshold 0.05 is outside of the"
                                + " bucket boundaries that all series of http_request_duration_seconds_bucket have: 0.1, 0.5; set"
                                + " value of the objective to one of them, or let the pods count in a bucket at 0.05"),
                ofLatency("http_request_duration_seconds_bucket", 0.05));
    }

    @Test
    void aThresholdBetweenBucketsIsAWarning() {
        assertEquals(
                List.of(
                        "THRESHOLD_BETWEEN_BUCKETS shop.yaml:16: warning: errors, histogram: the threshold 0.3 lies between"
                                + " the bucket boundaries 0.1 and 0.5: to fail, a canary has to be slower than 0.5, and to pass,"
                                + " faster than 0.1; for quicker decisions set value of the objective to one of them, or add a"
                                + " bucket at 0.3"),
                ofLatency("http_request_duration_seconds_bucket", 0.3));
    }

    @Test
    void aThresholdAtABucketIsWell() {
        assertEquals(List.of(), ofLatency("http_request_duration_seconds_bucket", 0.5));
    }

    @Test
    void aHistogramWithoutBucketsIsNone() {
        try (var shop = new DiagnosedShop("# TYPE took_bucket counter\ntook_bucket{version=\"v1\"} 3\n")) {
            assertEquals(
                    List.of(
                            "NO_BUCKETS shop.yaml:16: errors, histogram: the series of took_bucket are not buckets: none has"
                                    + " a label 'le' with a boundary; select the _bucket series of a classic histogram, or a"
                                    + " native histogram by its name"),
                    shop.latency("took_bucket", 0.3).stream()
                            .filter(told -> told.contains("histogram: "))
                            .toList());
        }
    }

    private static List<String> ofLatency(String query, double threshold) {
        var later = DiagnosedShop.PAGE.replace("1000\n", "9000\n");
        try (var shop = new DiagnosedShop(DiagnosedShop.PAGE).becoming(later)) {
            return shop.latency(query, threshold);
        }
    }
}
