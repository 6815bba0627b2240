package dev.portcullis.gate.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Counts the answers of {@code /v1/argo} and {@code /v1/gate} by path and status, as {@code portcullis_gate_answers_total}: whatever is no 200 is an error to Argo Rollouts. Made with its
 * container, so that the counters are there before the first question. Thread-safe.
 */
@Context
@ServerFilter({"/v1/argo", "/v1/gate/**"})
final class AnswerMeters {
    private static final String ARGO = "/v1/argo";
    private static final String GATE = "/v1/gate";
    private static final int[] OF_ARGO = {200, 400, 413, 500, 503};
    private static final int[] OF_GATE = {200, 202, 400, 404, 413, 429, 500, 503};

    private final MeterRegistry meters;
    private final Map<Kind, Counter> counters = new ConcurrentHashMap<>();

    AnswerMeters(MeterRegistry meters) {
        this.meters = meters;
        IntStream.of(OF_ARGO).forEach(status -> answers(ARGO, status));
        IntStream.of(OF_GATE).forEach(status -> answers(GATE, status));
    }

    @ResponseFilter
    void count(HttpRequest<?> request, HttpResponse<?> response) {
        answers(request.getPath().startsWith(GATE) ? GATE : ARGO, response.code())
                .increment();
    }

    private Counter answers(String path, int status) {
        return counters.computeIfAbsent(new Kind(path, status), kind -> Counter.builder("portcullis.gate.answers")
                .description("Answers by path and HTTP status")
                .tag("path", kind.path())
                .tag("status", Integer.toString(kind.status()))
                .register(meters));
    }

    private record Kind(String path, int status) {}
}
