package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.kit.testing.Await;
import dev.portcullis.launcher.OtlpCollector.ReceivedSpan;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The three running services export over OTLP; who called whom is read from the parents of the spans that arrive. */
@Isolated("sets properties of the system")
final class TraceIT {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CALLER = "b7ad6b7169203331";
    private static final String GATE = "portcullis-gate";
    private static final String ANALYSIS = "portcullis-analysis";
    private static final String ROLLBACK = "portcullis-rollback";

    @TempDir
    Path folder;

    private OtlpCollector collector;
    private Map<String, String> settings;

    @BeforeEach
    void exportToTheCollector() throws Exception {
        collector = new OtlpCollector();
        settings = Map.of(
                "otel.traces.exporter", "otlp",
                "otel.exporter.otlp.endpoint", collector.address(),
                "otel.bsp.schedule.delay", "100");
        settings.forEach(System::setProperty);
    }

    @AfterEach
    void stopExporting() {
        settings.keySet().forEach(System::clearProperty);
        collector.close();
    }

    @Test
    void oneArgoPollIsOneTraceAndAnAbortsTraceReachesTheWebhook() {
        try (var site = new Site();
                var services = TestPortcullis.start(site, folder)) {
            site.canaryBad.set(80);
            var answer = PortcullisClient.of(services).argo("traceparent", "00-" + TRACE + "-" + CALLER + "-01");
            assertEquals(TRACE, answer.get("traceId").asText());

            var http = span("the gate's server span", s -> s.is(GATE, SpanKind.SPAN_KIND_SERVER, "/v1/argo"));
            assertEquals(CALLER, http.parent(), "continues the caller's trace");
            span("the gate's own statements", s -> isSql(s, GATE) && descends(s, http));
            var served = served(ANALYSIS, "AnalysisService/StartAnalysis", call -> descends(call, http));
            span("analysis stores", s -> isSql(s, ANALYSIS) && descends(s, served));
            span(
                    "analysis reads metrics",
                    s -> s.is(ANALYSIS, SpanKind.SPAN_KIND_CLIENT, "GET")
                            && s.attributes().contains("/canary/metrics")
                            && descends(s, served));

            var ordered = served(ROLLBACK, "RollbackService/OrderRollback", call -> true);
            span(
                    "the webhook's read-back is asked",
                    s -> s.is(ROLLBACK, SpanKind.SPAN_KIND_CLIENT, "GET") && descends(s, ordered));
            Await.until(
                    "the webhook called", LIMIT, () -> !site.webhookRequests().isEmpty());
            var received = site.webhookRequests().getFirst().headers().get("traceparent");
            var post = span(
                    "the webhook is called",
                    s -> s.is(ROLLBACK, SpanKind.SPAN_KIND_CLIENT, "POST")
                            && ("00-" + TRACE + "-" + s.id() + "-01").equals(received));
            assertDescends(post, ordered);
        }
    }

    /** A call of the gate as it is served, the child of the call as it is made. One that took too long was made again. */
    private ReceivedSpan served(String by, String rpc, Predicate<ReceivedSpan> made) {
        return span(
                by + " serves " + rpc,
                s -> s.is(by, SpanKind.SPAN_KIND_SERVER, rpc)
                        && collector
                                .byId(s.parent())
                                .filter(call -> call.is(GATE, SpanKind.SPAN_KIND_CLIENT, rpc) && made.test(call))
                                .isPresent());
    }

    private ReceivedSpan span(String what, Predicate<ReceivedSpan> wanted) {
        return Await.value(what, LIMIT, () -> collector.ofTrace(TRACE).stream()
                .filter(wanted)
                .findFirst());
    }

    private static boolean isSql(ReceivedSpan span, String service) {
        return span.is(service, SpanKind.SPAN_KIND_CLIENT, "")
                && span.attributes().contains("postgresql");
    }

    /** A span is exported when it ends, so a parent may arrive after its children. */
    private void assertDescends(ReceivedSpan span, ReceivedSpan ancestor) {
        Await.until(span + " descends from " + ancestor, LIMIT, () -> descends(span, ancestor));
    }

    private boolean descends(ReceivedSpan span, ReceivedSpan ancestor) {
        for (var at = Optional.of(span);
                at.isPresent();
                at = collector.byId(at.get().parent())) {
            if (at.get().id().equals(ancestor.id())) {
                return true;
            }
        }
        return false;
    }
}
