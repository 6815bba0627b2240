package dev.portcullis.analysis.source.datadog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Request;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A server that answers queries for counts the way Datadog documents it. It stands in for a service that cannot run here. Thread-safe. */
final class FakeDatadog implements AutoCloseable {
    static final String API_KEY = "api-0123456789abcdef";
    static final String APPLICATION_KEY = "app-fedcba9876543210";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern QUERY = Pattern.compile(
            "sum:(?<metric>[\\w.]+)\\{(?<scope>[^}]*)} by \\{(?<by>[^}]*)}\\.as_count\\(\\)\\.rollup\\(sum, (?<interval>\\d+)\\)");

    private record Event(Instant time, Map<String, String> tags, double count) {}

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final StubHttpServer server = new StubHttpServer(this::answer);

    /** A count as an agent would have sent it; the metric's name is the tag {@code metric}. */
    void count(Instant time, Map<String, String> tags, double count) {
        events.add(new Event(time, Map.copyOf(tags), count));
    }

    /** As when it is put right: what was no count has never been sent. */
    void correct() {
        events.removeIf(event -> !(event.count() >= 0 && event.count() < Double.POSITIVE_INFINITY));
    }

    String address() {
        return server.address();
    }

    List<Request> requests() {
        return server.requests();
    }

    /** What is answered from now on. */
    void answers(Response response) {
        server.answer(request -> response);
    }

    static Map<String, String> parameters(Request request) {
        return Arrays.stream(request.uri().getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private Response answer(Request request) {
        if (!API_KEY.equals(request.headers().get("dd-api-key"))
                || !APPLICATION_KEY.equals(request.headers().get("dd-application-key"))) {
            return Response.json(403, "{\"errors\":[\"Forbidden\"]}");
        }
        Map<String, String> parameters = parameters(request);
        Matcher query = QUERY.matcher(parameters.getOrDefault("query", ""));
        if (!request.uri().getPath().equals("/api/v1/query") || !query.matches()) {
            return Response.json(400, "{\"errors\":[\"Error parsing query\"]}");
        }
        try {
            Instant from = Instant.ofEpochSecond(Long.parseLong(parameters.get("from")));
            Instant to = Instant.ofEpochSecond(Long.parseLong(parameters.get("to")));
            return Response.json(200, series(query, from, to));
        } catch (JsonProcessingException e) {
            return Response.text(500, e.toString());
        }
    }

    private String series(Matcher query, Instant from, Instant to) throws JsonProcessingException {
        long interval = Long.parseLong(query.group("interval"));
        Map<List<String>, Map<Long, Double>> series = new LinkedHashMap<>();
        for (Event event : events) {
            boolean inTime = !event.time().isBefore(from) && !event.time().isAfter(to);
            if (inTime && event.tags().get("metric").equals(query.group("metric")) && matches(query, event)) {
                List<String> tags = Arrays.stream(query.group("by").split(","))
                        .map(tag -> tag + ":" + event.tags().getOrDefault(tag, "N/A"))
                        .toList();
                long begin = event.time().getEpochSecond() / interval * interval;
                series.computeIfAbsent(tags, t -> new TreeMap<>()).merge(begin * 1000, event.count(), Double::sum);
            }
        }
        List<Map<String, Object>> told = new ArrayList<>();
        series.forEach((tags, points) -> told.add(Map.of(
                "tag_set",
                tags,
                "interval",
                interval,
                "pointlist",
                points.entrySet().stream()
                        .map(point -> List.of((double) point.getKey(), point.getValue()))
                        .toList())));
        return JSON.writeValueAsString(Map.of("status", "ok", "res_type", "time_series", "series", told));
    }

    private static boolean matches(Matcher query, Event event) {
        return Arrays.stream(query.group("scope").split(" AND ")).allMatch(condition -> holds(condition, event.tags()));
    }

    private static boolean holds(String condition, Map<String, String> tags) {
        if (condition.startsWith("NOT ")) {
            return !holds(condition.substring(4), tags);
        }
        String[] in = condition.split(" IN ", 2);
        if (in.length == 2) {
            String values = in[1].substring(1, in[1].length() - 1);
            return List.of(values.split(",")).contains(tags.getOrDefault(in[0], ""));
        }
        String[] tag = condition.split(":", 2);
        String pattern =
                Arrays.stream(tag[1].split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return tags.getOrDefault(tag[0], "").matches(pattern);
    }

    @Override
    public void close() {
        server.close();
    }
}
