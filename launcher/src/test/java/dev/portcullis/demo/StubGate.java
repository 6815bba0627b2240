package dev.portcullis.demo;

import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Request;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A gate whose answers a test decides, by the canary's hash; it checks that it is asked as Argo Rollouts would ask. */
final class StubGate implements AutoCloseable {
    private final StubHttpServer server = new StubHttpServer(this::answer);
    private final List<Map<String, String>> questions = new CopyOnWriteArrayList<>();
    private volatile Function<Map<String, String>, Response> answers = question -> decision("HOLD");

    private Response answer(Request request) {
        if (!request.method().equals("GET") || !request.uri().getPath().equals("/v1/argo")) {
            return Response.json(404, "{}");
        }
        var question = QueryText.parse(request.uri().getRawQuery());
        questions.add(question);
        return answers.apply(question);
    }

    void answer(Function<Map<String, String>, Response> next) {
        answers = next;
    }

    static Response decision(String decision) {
        return Response.json(200, """
                {"decision":"%s","verdict":"CONTINUE","measuring":"MEASURING","reasons":["NOT_ENOUGH_EVIDENCE"],
                 "explanation":"12 of 600 requests failed.","release":"services/checkout/releases/1","decisionId":"1",
                 "eValues":{"fail":1.2,"pass":3.0,"failThreshold":100.0,"passThreshold":20.0}}""".formatted(decision));
    }

    /** ABORT, after rollback-service's part of the work: the webhook is called with this key. */
    static Response abort(URI webhook, Map<String, String> question, String key) {
        var body = "{\"rollback\":\"rollbacks/1\",\"service\":\"checkout\",\"release\":\"\",\"from\":\""
                + question.get("canary") + "\",\"to\":\"" + question.get("stable") + "\",\"reason\":\"bad\"}";
        try {
            Web.post(webhook.toString(), body, "Idempotency-Key", key);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return decision("ABORT");
    }

    List<Map<String, String>> questions() {
        return List.copyOf(questions);
    }

    String address() {
        return server.address();
    }

    @Override
    public void close() {
        server.close();
    }
}
