package dev.portcullis.analysis.source.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.metric.SourceCounterReader;
import dev.portcullis.analysis.metric.SourceReading;
import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.analysis.slo.Severity;
import dev.portcullis.analysis.source.Readings;
import dev.portcullis.analysis.usecase.ManualClock;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OtlpSourceIT {
    private static final Arms ARMS = new Arms("version", "v2", "v1");
    private static final Map<String, String> POD = Map.of("k8s.pod.name", "canary-a", "version", "v2");

    private final ManualClock clock = new ManualClock();
    private final Instant begin = clock.instant();
    private final Receiver receiver = new Receiver();
    private final OtlpSource source = receiver.open(new OtlpProperties("pushed", Duration.ofMinutes(2), 3), clock);

    @AfterEach
    void end() {
        receiver.close();
    }

    @Test
    void nothingReceivedYetIsUnreachable() {
        var reading = assertInstanceOf(
                SourceReading.Unreachable.class, Readings.of(source, Selector.parse("http_requests_total"), ARMS));
        assertTrue(reading.detail().startsWith("no counter has been received yet"), reading::detail);
    }

    @Test
    void attributesOfTheResourceAndThePointBecomeLabels() {
        var resource = Map.of(
                "k8s.pod.name", "canary-a",
                "k8s.namespace.name", "shop",
                "service.instance.id", "i1",
                "service.name", "checkout",
                "service.namespace", "web",
                "version", "v2");
        send(resource, Messages.CUMULATIVE, point(Map.of("http.status-code", "500"), 0, 10, 7));
        assertEquals(
                Map.ofEntries(
                        Map.entry("__name__", "http_requests_total"),
                        Map.entry("http_status_code", "500"),
                        Map.entry("k8s_pod_name", "canary-a"),
                        Map.entry("pod", "canary-a"),
                        Map.entry("k8s_namespace_name", "shop"),
                        Map.entry("namespace", "shop"),
                        Map.entry("service_instance_id", "i1"),
                        Map.entry("instance", "i1"),
                        Map.entry("service_name", "checkout"),
                        Map.entry("service_namespace", "web"),
                        Map.entry("job", "web/checkout"),
                        Map.entry("version", "v2")),
                samples().getFirst().labels());
    }

    @Test
    void anArmMayBeNamedByTheAttributeAsItIsSent() {
        send(Map.of("k8s.pod.name", "canary-a", "app.version", "v2"), Messages.CUMULATIVE, point(Map.of(), 0, 10, 7));
        var arms = new Arms("app.version", "v2", "v1");
        var reading = assertInstanceOf(
                SourceReading.Series.class, Readings.of(source, Selector.parse("http_requests_total"), arms));
        var labels = reading.samples().getFirst().labels();
        assertEquals("v2", labels.get("app.version"));
        assertFalse(labels.containsKey("app_version"), labels::toString);
    }

    @Test
    void aCumulativePointThatIsOlderThanTheLastChangesNothing() {
        send(POD, Messages.CUMULATIVE, point(Map.of(), 0, 20, 12));
        send(POD, Messages.CUMULATIVE, point(Map.of(), 0, 10, 7));
        assertEquals(12, samples().getFirst().value());
    }

    @Test
    void aRestartedProcessIsSeenFalling() {
        send(POD, Messages.CUMULATIVE, point(Map.of(), 0, 20, 12));
        send(POD, Messages.CUMULATIVE, point(Map.of(), 25, 30, 2));
        assertEquals(2, samples().getFirst().value());
    }

    @Test
    void deltasAreAddedUpAndNoneTwice() {
        send(POD, Messages.DELTA, point(Map.of(), 0, 10, 5));
        send(POD, Messages.DELTA, point(Map.of(), 10, 20, 3));
        send(POD, Messages.DELTA, point(Map.of(), 10, 20, 3));
        send(POD, Messages.DELTA, point(Map.of(), 0, 10, 5));
        assertEquals(8, samples().getFirst().value());
        var answer = receiver.send(Messages.request(
                POD, List.of(Messages.counter("http.requests", Messages.DELTA, List.of(point(Map.of(), 15, 25, 9))))));
        assertEquals(1, answer.getRejectedDataPoints());
        assertTrue(answer.getErrorMessage().contains("overlaps"), answer::getErrorMessage);
        assertEquals(8, samples().getFirst().value());
    }

    @Test
    void aSeriesThatIsNotRefreshedIsLeftOutUntilItReturns() {
        send(POD, Messages.DELTA, point(Map.of("code", "200"), 0, 10, 5));
        clock.advance(Duration.ofMinutes(3));
        send(POD, Messages.DELTA, point(Map.of("code", "500"), 0, 10, 1));
        assertEquals(1, samples().size());
        send(POD, Messages.DELTA, point(Map.of("code", "200"), 10, 200, 2));
        assertEquals(8, samples().stream().mapToDouble(Sample::value).sum());
    }

    @Test
    void aSeriesThatHasEndedIsLeftOut() {
        send(POD, Messages.CUMULATIVE, point(Map.of(), 0, 10, 5));
        send(
                POD,
                Messages.CUMULATIVE,
                point(Map.of(), 0, 20, 0).toBuilder().setFlags(1).build());
        assertEquals(List.of(), samples());
    }

    @Test
    void seriesBeyondTheLimitAreRefusedUntilOthersAreStale() {
        for (String code : List.of("200", "201", "202")) {
            send(POD, Messages.CUMULATIVE, point(Map.of("code", code), 0, 10, 5));
        }
        var answer = receiver.send(Messages.request(
                POD,
                List.of(Messages.counter(
                        "http.requests", Messages.CUMULATIVE, List.of(point(Map.of("code", "500"), 0, 10, 5))))));
        assertTrue(answer.getErrorMessage().contains("maxSeries"), answer::getErrorMessage);
        assertEquals(1, receiver.points("too_many_series"));
        assertEquals(List.of("series beyond maxSeries, which is 3"), reading().missing());
        clock.advance(Duration.ofMinutes(3));
        send(POD, Messages.CUMULATIVE, point(Map.of("code", "500"), 0, 100, 6));
        assertEquals(6, samples().getFirst().value());
        assertEquals(List.of(), reading().missing());
    }

    @Test
    void aSumOfDeltasBegunAnewIsAnotherSeriesSoThatNothingFalls() {
        send(POD, Messages.DELTA, point(Map.of(), 0, 10, 5));
        String since = samples().getFirst().labels().get(ReceivedSeries.SINCE_LABEL);
        clock.advance(Duration.ofSeconds(1));
        var afterRestart = receiver.open(new OtlpProperties("again", Duration.ofMinutes(2), 3), clock);
        send(POD, Messages.DELTA, point(Map.of(), 10, 20, 3));
        var reading = assertInstanceOf(
                SourceReading.Series.class, Readings.of(afterRestart, Selector.parse("http_requests_total"), ARMS));
        Sample begun = reading.samples().getFirst();
        assertEquals(3, begun.value());
        assertTrue(!begun.labels().get(ReceivedSeries.SINCE_LABEL).equals(since));
    }

    @Test
    void aSampleIsOfTheTimeItsSenderTellsAndNotAfterItCameIn() {
        clock.advance(Duration.ofSeconds(100));
        send(POD, Messages.CUMULATIVE, point(Map.of("code", "200"), 0, 60, 5));
        send(POD, Messages.CUMULATIVE, point(Map.of("code", "500"), 0, 130, 5));
        clock.advance(Duration.ofSeconds(20));
        assertEquals(
                Map.of("200", begin.plusSeconds(60), "500", begin.plusSeconds(100)),
                samples().stream()
                        .collect(Collectors.toMap(sample -> sample.labels().get("code"), Sample::time)));
    }

    @Test
    void whereNothingHappenedADeltaReachesAsFarAsThoseOfOthers() {
        send(POD, Messages.DELTA, point(Map.of(), 0, 10, 5));
        clock.advance(Duration.ofSeconds(100));
        send(Map.of("k8s.pod.name", "stable-a", "version", "v1"), Messages.DELTA, point(Map.of(), 10, 70, 5));
        assertEquals(
                List.of(begin.plusSeconds(70), begin.plusSeconds(70)),
                samples().stream().map(Sample::time).toList());
    }

    /** The label is an attribute of the data points. */
    @Test
    void errorsThatDoNotTellTheirVersionAreNoReadingAndSeriesOfNeitherBesideThoseOfAnArmAre() {
        Map<String, String> pod = Map.of("k8s.pod.name", "canary-a");
        send(pod, Messages.CUMULATIVE, point(Map.of("version", "v2"), 0, 10, 1000));
        send(pod, Messages.CUMULATIVE, point(Map.of("route", "/other"), 0, 10, 77));
        var bad = objective("errors_total");
        assertEquals(List.of(), faults(bad), "as ingress-nginx has them, read by a Collector");
        receiver.send(Messages.request(
                pod, List.of(Messages.counter("errors", Messages.CUMULATIVE, List.of(point(Map.of(), 0, 10, 30))))));
        assertEquals(
                List.of(
                        "objective 'slo': errors_total{k8s_pod_name=\"canary-a\",pod=\"canary-a\"} has no label version, which"
                                + " other series of its pod have, so that nobody knows whose requests it counts; give it the label,"
                                + " or leave it out of the query with a condition such as version!=\"\""),
                faults(bad));
        assertEquals(List.of(), faults(objective("errors_total{version!=\"\"}")));
    }

    private static Objective objective(String bad) {
        return new Objective(
                "slo", 0.999, Severity.MAJOR, new RatioIndicator("pushed", null, bad, "http_requests_total"));
    }

    private List<String> faults(Objective objective) {
        var reader = new SourceCounterReader(name -> Optional.of(source), Runnable::run);
        return assertInstanceOf(CounterReading.Counters.class, Readings.of(reader, List.of(objective), ARMS))
                .faults();
    }

    private void send(Map<String, String> resource, AggregationTemporality temporality, NumberDataPoint point) {
        var metric = Messages.counter("http.requests", temporality, List.of(point));
        assertEquals(
                "", receiver.send(Messages.request(resource, List.of(metric))).getErrorMessage());
    }

    private NumberDataPoint point(Map<String, String> attributes, int start, int time, long value) {
        return Messages.point(attributes, begin.plusSeconds(start), begin.plusSeconds(time), value);
    }

    private SourceReading.Series reading() {
        return assertInstanceOf(
                SourceReading.Series.class, Readings.of(source, Selector.parse("http_requests_total"), ARMS));
    }

    private List<Sample> samples() {
        return reading().samples();
    }
}
