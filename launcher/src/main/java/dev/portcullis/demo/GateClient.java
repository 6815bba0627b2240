package dev.portcullis.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The gate and the shop as a rollout controller sees them: over HTTP, with the question Argo Rollouts' web metric asks. Thread-safe. */
final class GateClient implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int OK = 200;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .build();
    private final String gate;

    /** @param gate "http://127.0.0.1:8080" */
    GateClient(String gate) {
        this.gate = gate;
    }

    /** Asks for a decision on one step of a release. */
    GateReply ask(DemoRelease release, int step) throws InterruptedException {
        Map<String, String> question = new LinkedHashMap<>();
        question.put("service", Shop.SERVICE);
        question.put("namespace", "shop");
        question.put("rollout", Shop.SERVICE);
        question.put("canary", release.canary().hash());
        question.put("stable", release.stable().hash());
        question.put("revision", Integer.toString(release.revision()));
        question.put("step", Integer.toString(step));
        try {
            return answer(get(gate + "/v1/argo?" + QueryText.of(question)));
        } catch (IOException e) {
            return new GateReply.NoAnswer("the gate at " + gate + " cannot be reached (" + cause(e) + ")");
        }
    }

    private record Response(int status, String body) {}

    private Response get(String url) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url)).timeout(LIMIT).build();
        var response = http.send(request, BodyHandlers.ofString());
        return new Response(response.statusCode(), response.body());
    }

    private static String cause(IOException e) {
        return Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
    }

    private static GateReply answer(Response response) {
        if (response.status() != OK) {
            return new GateReply.NoAnswer("the gate answered with status " + response.status());
        }
        return JsonAnswer.object(response.body().getBytes(StandardCharsets.UTF_8))
                .flatMap(GateClient::answer)
                .orElseGet(() -> new GateReply.NoAnswer("the gate's answer has no legal decision: " + response.body()));
    }

    private static Optional<GateReply> answer(JsonNode json) {
        var evidence = json.path("eValues");
        return decision(json.path("decision").asText())
                .map(decision -> new GateReply.Answer(
                        decision,
                        texts(json.path("reasons")),
                        json.path("explanation").asText(),
                        json.path("release").asText(),
                        new GateReply.Evidence(
                                evidence.path("fail").asDouble(),
                                evidence.path("pass").asDouble(),
                                evidence.path("failThreshold").asDouble(),
                                evidence.path("passThreshold").asDouble())));
    }

    private static Optional<GateReply.Decision> decision(String text) {
        return List.of(GateReply.Decision.values()).stream()
                .filter(decision -> decision.name().equals(text))
                .findFirst();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    /** What the read-back of the shop's webhook says about a version; false also when it cannot be asked. */
    boolean restored(String readBackUrl, String hash) throws InterruptedException {
        try {
            var question = new LinkedHashMap<String, String>();
            question.put("service", Shop.SERVICE);
            question.put("to", hash);
            var response = get(readBackUrl + "?" + QueryText.of(question));
            return JsonAnswer.object(response.body().getBytes(StandardCharsets.UTF_8))
                    .map(json -> json.path("restored").asBoolean(false))
                    .orElse(false);
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
