package dev.portcullis.analysis.source.prometheus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.analysis.metric.Moments;
import dev.portcullis.analysis.query.Selector;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Request;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A server that answers instant and range queries for series whose value is the second since 1970, times a factor, at the moments they
 * are there. A test says what it refuses. Thread-safe.
 */
final class RangedPrometheus implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Known(Map<String, String> labels, long factor, LongPredicate there) {}

    private final List<Known> series = new CopyOnWriteArrayList<>();
    private final StubHttpServer server = new StubHttpServer(this::answer);
    /** What it answers to a query for so many moments; null to answer it in earnest. */
    private volatile BiFunction<String, Integer, @Nullable Response> refusal = (query, moments) -> null;

    void add(long factor, LongPredicate there, Map<String, String> labels) {
        series.add(new Known(labels, factor, there));
    }

    void refuse(BiFunction<String, Integer, @Nullable Response> next) {
        refusal = next;
    }

    static Response refused(int status, String error) {
        return Response.json(status, "{\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"" + error + "\"}");
    }

    String address() {
        return server.address();
    }

    List<Map<String, String>> forms() {
        return server.requests().stream().map(FakePrometheus::form).toList();
    }

    private Response answer(Request request) {
        Map<String, String> form = FakePrometheus.form(request);
        boolean range = request.uri().getPath().endsWith("/query_range");
        Moments moments = range ? moments(form) : Moments.at(instant(form.getOrDefault("time", "")));
        String query = form.getOrDefault("query", "");
        Response refused = refusal.apply(query, moments.number());
        try {
            return refused == null ? Response.json(200, result(Selector.parse(query), moments, range)) : refused;
        } catch (JsonProcessingException e) {
            return Response.text(500, e.toString());
        }
    }

    private String result(Selector selector, Moments moments, boolean range) throws JsonProcessingException {
        List<Map<String, Object>> result = new ArrayList<>();
        for (Known known : series) {
            List<List<Object>> values = values(known, moments);
            if (selector.matches(known.labels()) && !values.isEmpty()) {
                result.add(Map.of(
                        "metric", known.labels(), range ? "values" : "value", range ? values : values.getFirst()));
            }
        }
        String type = range ? "matrix" : "vector";
        return JSON.writeValueAsString(
                Map.of("status", "success", "data", Map.of("resultType", type, "result", result)));
    }

    private static List<List<Object>> values(Known known, Moments moments) {
        return moments.all().stream()
                .map(Instant::getEpochSecond)
                .filter(known.there()::test)
                .map(second -> List.<Object>of(second, String.valueOf(second * known.factor())))
                .toList();
    }

    private static Moments moments(Map<String, String> form) {
        Instant first = instant(form.getOrDefault("start", ""));
        Instant last = instant(form.getOrDefault("end", ""));
        Duration step = Duration.between(Instant.EPOCH, instant(form.getOrDefault("step", "")));
        return new Moments(first, step, (int) Duration.between(first, last).dividedBy(step) + 1);
    }

    private static Instant instant(String seconds) {
        return Instant.ofEpochMilli(new BigDecimal(seconds).movePointRight(3).longValueExact());
    }

    @Override
    public void close() {
        server.close();
    }
}
