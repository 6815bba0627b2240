package dev.portcullis.launcher.ci;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Request;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.kit.text.DurationText;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A gate that refuses what {@code POST /v1/gate} refuses, and answers what a test says, the last of it again and again. Thread-safe. */
final class PlayedGate implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static final String RELEASE = "services/checkout/releases/3f0c1e0a-8f2e-4f5b-9a57-0d9f2c1b7a11";
    private static final Set<String> TEXTS = Set.of(
            "service",
            "namespace",
            "rollout",
            "revision",
            "canary",
            "stable",
            "stage",
            "wait",
            "artifact",
            "ticket",
            "author",
            "labels");
    private static final Set<String> FLAGS = Set.of("dryRun", "async");
    private static final Set<String> LISTS = Set.of("rules");
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final StubHttpServer server;
    private final Deque<Function<JsonNode, Response>> answers = new ArrayDeque<>();

    /** Answers with these in turn; the last one stays. */
    @SafeVarargs
    PlayedGate(Function<JsonNode, Response>... answers) {
        this(0, answers);
    }

    @SafeVarargs
    PlayedGate(int port, Function<JsonNode, Response>... answers) {
        this.answers.addAll(Arrays.asList(answers));
        server = new StubHttpServer(port, this::answer);
    }

    private Response answer(Request request) {
        if (!request.uri().toString().equals("/v1/gate")) {
            return Response.json(404, "{\"field\":\"path\",\"fault\":\"there is nothing at this path\"}");
        }
        if (!request.method().equals("POST")) {
            return Response.json(405, "{\"field\":\"method\",\"fault\":\"POST is expected\"}");
        }
        JsonNode question;
        try {
            question = JSON.readTree(request.body());
        } catch (JsonProcessingException e) {
            return refusal("body", "is not JSON");
        }
        return refused(question).orElseGet(() -> next().apply(question));
    }

    private Function<JsonNode, Response> next() {
        synchronized (answers) {
            return answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
        }
    }

    private static Optional<Response> refused(JsonNode question) {
        if (!question.isObject()) {
            return Optional.of(refusal("body", "a JSON object is expected"));
        }
        for (var field : question.properties()) {
            var name = field.getKey();
            var value = field.getValue();
            if (!TEXTS.contains(name) && !FLAGS.contains(name) && !LISTS.contains(name)) {
                return Optional.of(refusal(name, "unknown field"));
            }
            if (TEXTS.contains(name) && !value.isTextual()
                    || FLAGS.contains(name) && !value.isBoolean()
                    || LISTS.contains(name) && !value.isArray()) {
                return Optional.of(refusal(name, "is of another type"));
            }
        }
        if (question.path("service").asText().isEmpty()) {
            return Optional.of(refusal("service", "is required"));
        }
        var stage = question.path("stage").asText();
        if (!stage.matches("pre-deploy|post-deploy|canary-[1-9][0-9]?")) {
            return Optional.of(refusal("stage", "pre-deploy, canary-1 to canary-99 or post-deploy is expected"));
        }
        if (!stage.equals("pre-deploy") && !question.has("canary") && !question.has("revision")) {
            return Optional.of(refusal("canary", "canary or revision is required"));
        }
        var wait = DurationText.parse(question.path("wait").asText("0s"));
        if (wait.isEmpty() || wait.get().compareTo(LONGEST_WAIT) > 0) {
            return Optional.of(refusal("wait", "0s to 1h is expected"));
        }
        return Optional.empty();
    }

    static Response refusal(String field, String fault) {
        return Response.json(
                400,
                JSON.createObjectNode().put("field", field).put("fault", fault).toString());
    }

    /** The questions that were asked, those that were refused too. */
    List<JsonNode> questions() {
        return server.requests().stream()
                .map(request -> {
                    try {
                        return JSON.readTree(request.body());
                    } catch (JsonProcessingException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }

    List<Request> requests() {
        return server.requests();
    }

    String address() {
        return server.address();
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }

    /** An answer with every field. */
    static Function<JsonNode, Response> decision(String decision, String... reasons) {
        return decision(decision, Map.of(), reasons);
    }

    /** The same with other values at some of the fields. */
    static Function<JsonNode, Response> decision(String decision, Map<String, Object> others, String... reasons) {
        return question -> Response.json(200, body(question, decision, others, reasons));
    }

    static String body(JsonNode question, String decision, Map<String, Object> others, String... reasons) {
        var answer = JSON.createObjectNode();
        answer.put("decision", decision);
        answer.put("verdict", decision.equals("PROMOTE") ? "PASS" : decision.equals("ABORT") ? "FAIL" : "CONTINUE");
        answer.put("measuring", "MEASURING");
        List.of(reasons).forEach(answer.putArray("reasons")::add);
        answer.put("explanation", "Canary: 9 of 750 requests failed (1.2 %).");
        answer.put("release", RELEASE);
        answer.put("run", 1);
        answer.put("decisionId", "0b8f1d67-7f0e-4a0c-9a0b-1f7d3f6e2c55");
        answer.put("objective", "checkout-availability");
        arms(answer.putObject("successRate"), 0.988, 0.9998);
        arms(answer.putObject("burnRate"), 12.0, 0.2);
        answer.putObject("eValues")
                .put("fail", 0.8)
                .put("pass", 1.6)
                .put("failThreshold", 100.0)
                .put("passThreshold", 20.0);
        var objective = answer.putArray("objectives").addObject();
        objective.put("slo", "checkout-availability");
        arms(objective.putObject("requests"), 750, 6800);
        arms(objective.putObject("badRequests"), 9, 1);
        arms(objective.putObject("successRate"), 0.988, 0.9998);
        arms(objective.putObject("burnRate"), 12.0, 0.2);
        answer.put("rollback", decision.equals("ABORT") ? "rollbacks/5e5e2b4e-3a0c-4b0f-8d55-1d1b9a6c0e11" : "");
        answer.put("rollbackState", decision.equals("ABORT") ? "RUNNING" : "");
        answer.put("rollbackDetail", "");
        answer.put("traceId", "4bf92f3577b34da6a3ce929d0e0e4736");
        answer.put("stage", question.path("stage").asText());
        answer.put("settled", !decision.equals("HOLD"));
        answer.put("dryRun", question.path("dryRun").asBoolean());
        answer.put("dryRunDecision", question.path("dryRun").asBoolean() ? "ABORT" : "");
        answer.put("evaluation", "e-1");
        answer.put("address", "/v1/gate/evaluations/e-1");
        others.forEach((name, value) -> answer.set(name, JSON.valueToTree(value)));
        return answer.toString();
    }

    private static void arms(ObjectNode node, double canary, double baseline) {
        node.put("canary", canary).put("baseline", baseline);
    }
}
