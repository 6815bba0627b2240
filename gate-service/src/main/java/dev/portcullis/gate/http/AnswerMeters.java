package dev.portcullis.gate.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.stream.IntStream;

/**
 * Counts the answers of {@code /v1/argo} by status, as {@code portcullis_gate_answers_total}: whatever is no 200 is an error to Argo Rollouts. Made with its
 * container, so that the counters are there before the first question. Thread-safe.
 */
@Context
@ServerFilter("/v1/argo")
final class AnswerMeters {
    private static final int[] FROM_THE_START = {200, 400, 413, 500, 503};

    private final MeterRegistry meters;

    AnswerMeters(MeterRegistry meters) {
        this.meters = meters;
        IntStream.of(FROM_THE_START).forEach(this::answers);
    }

    @ResponseFilter
    void count(HttpResponse<?> response) {
        answers(response.code()).increment();
    }

    private Counter answers(int status) {
        return Counter.builder("portcullis.gate.answers")
                .description("Answers of /v1/argo, by HTTP status")
                .tag("status", Integer.toString(status))
                .register(meters);
    }
}
