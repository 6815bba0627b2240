package dev.portcullis.kit.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TraceLinkTest {
    private final Kept kept = new Kept();
    private final OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(kept))
                    .build())
            .build();
    private final TraceLink link = new TraceLink(telemetry);

    /** Keeps the spans that ended. */
    private static final class Kept implements SpanExporter {
        private final List<SpanData> spans = new ArrayList<>();

        @Override
        public synchronized CompletableResultCode export(Collection<SpanData> ended) {
            spans.addAll(ended);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }

        synchronized SpanData last() {
            return spans.getLast();
        }
    }

    @AfterEach
    void close() {
        telemetry.close();
    }

    @Test
    void workForOneTraceIsAPartOfIt() {
        String stored = stored();
        SpanContext beginning = kept.last().getSpanContext();
        assertEquals(7, link.continuing(stored, "poll", () -> 7));
        assertEquals(beginning.getTraceId(), kept.last().getTraceId());
        assertEquals(beginning.getSpanId(), kept.last().getParentSpanId());
    }

    @Test
    void workForManyTracesIsLinkedToEachAndPartOfNone() {
        List<String> stored = new ArrayList<>();
        List<SpanContext> beginnings = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            stored.add(stored());
            beginnings.add(kept.last().getSpanContext());
        }
        String inside = link.joining(stored, "read counters", TraceLink::currentTraceId);
        SpanData span = kept.last();
        assertEquals("read counters", span.getName());
        assertEquals(inside, span.getTraceId());
        assertEquals(
                beginnings.stream().map(SpanContext::getSpanId).toList(),
                span.getLinks().stream()
                        .map(l -> l.getSpanContext().getSpanId())
                        .toList());
        assertEquals(
                beginnings.stream().map(SpanContext::getTraceId).toList(),
                span.getLinks().stream()
                        .map(l -> l.getSpanContext().getTraceId())
                        .toList());
        assertFalse(span.getParentSpanContext().isValid());
        beginnings.forEach(beginning -> assertNotEquals(beginning.getTraceId(), span.getTraceId()));
    }

    @Test
    void itIsPartOfNoSpanThatHappensToBeCurrent() {
        String outside = link.continuing("", "outer", () -> {
            link.joining(List.of(), "inner", () -> true);
            return TraceLink.currentTraceId();
        });
        SpanData inner = kept.spans.getFirst();
        assertEquals("inner", inner.getName());
        assertNotEquals(outside, inner.getTraceId());
    }

    @Test
    void whatIsNoTraceIsNotLinked() {
        String stored = stored();
        link.joining(List.of("", "nonsense", stored), "read counters", () -> true);
        List<LinkData> links = kept.last().getLinks();
        assertEquals(
                List.of(stored.split("-")[2]),
                links.stream().map(l -> l.getSpanContext().getSpanId()).toList());
    }

    @Test
    void asManyAreLinkedAsASpanKeeps() {
        List<String> stored = IntStream.range(0, 200).mapToObj(i -> stored()).toList();
        link.joining(stored, "read counters", () -> true);
        assertEquals(128, kept.last().getLinks().size());
        assertEquals(128, kept.last().getTotalRecordedLinks(), "none is dropped by the SDK");
    }

    @Test
    void workThatFailsIsAFailedSpan() {
        assertThrows(
                IllegalStateException.class,
                () -> link.joining(List.of(stored()), "read counters", () -> {
                    throw new IllegalStateException("boom");
                }));
        assertEquals(StatusCode.ERROR, kept.last().getStatus().getStatusCode());
        assertEquals("", TraceLink.current(), "nothing is left current");
    }

    /** What is stored beside work that begins in a trace of its own. */
    private String stored() {
        return link.continuing("", "start", TraceLink::current);
    }
}
