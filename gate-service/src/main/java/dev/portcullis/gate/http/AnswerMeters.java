package dev.portcullis.gate.http;

import dev.portcullis.gate.flagger.FlaggerHook;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the answers of all ways to ask over HTTP by path and status, as {@code portcullis_gate_answers_total}: whatever is no 200 is an error to Argo Rollouts, and
 * Flagger's hooks are answered by their status alone. Made with its container, so that the counters are there before the first question. Thread-safe.
 */
@Context
@ServerFilter({"/v1/argo", "/v1/gate/**", "/v1/flagger/**", "/v1/kayenta/**", "/v1/github/**"})
final class AnswerMeters {
    private static final String ARGO = "/v1/argo";
    private static final String GATE = "/v1/gate";
    private static final String FLAGGER = "/v1/flagger";
    private static final String KAYENTA = "/v1/kayenta";
    private static final String GITHUB = "/v1/github";
    private static final List<Integer> OF_HOOKS = List.of(200, 400, 403, 413, 500, 503);
    private static final List<Integer> OF_EVENTS = List.of(202, 400, 413, 500, 503);

    private static final Map<String, List<Integer>> STATUSES = Map.of(
            ARGO, List.of(200, 400, 413, 500, 503),
            GATE, List.of(200, 202, 400, 404, 413, 429, 500, 503),
            FLAGGER, List.of(404),
            KAYENTA, List.of(200, 400, 404, 413, 500, 503),
            GITHUB, List.of(200, 202, 400, 401, 404, 413, 500, 503));

    private final MeterRegistry meters;
    private final Map<Kind, Counter> counters = new ConcurrentHashMap<>();

    AnswerMeters(MeterRegistry meters) {
        this.meters = meters;
        STATUSES.forEach(this::register);
        for (var hook : FlaggerHook.values()) {
            register(FLAGGER + "/" + hook.type(), hook == FlaggerHook.EVENT ? OF_EVENTS : OF_HOOKS);
        }
    }

    private void register(String path, List<Integer> statuses) {
        statuses.forEach(status -> answers(path, status));
    }

    @ResponseFilter
    void count(HttpRequest<?> request, HttpResponse<?> response) {
        answers(label(request.getPath()), response.code()).increment();
    }

    /** The beginning of a path, and of a hook that there is the whole of it: what callers write behind it would be a series each. */
    private static String label(String path) {
        if (path.startsWith(FLAGGER)) {
            return FlaggerHook.ofType(path.substring(Math.min(path.length(), FLAGGER.length() + 1)))
                    .map(hook -> FLAGGER + "/" + hook.type())
                    .orElse(FLAGGER);
        }
        return STATUSES.keySet().stream().filter(path::startsWith).findFirst().orElse(ARGO);
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
