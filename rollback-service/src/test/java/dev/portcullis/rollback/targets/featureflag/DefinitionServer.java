package dev.portcullis.rollback.targets.featureflag;

import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Request;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A flag definition behind HTTP: GET with an entity tag, PUT on condition of it (RFC 9110, 13.1.1), over real HTTP. */
final class DefinitionServer implements AutoCloseable {
    private final StubHttpServer server = new StubHttpServer(this::answer);

    /** Answers GET; a test may put another before it. */
    volatile Function<Request, Response> onLook = request -> get();

    /** Answers PUT; a test may put another before it. */
    volatile Function<Request, Response> onPut = this::put;

    private String document = FlagFile.ON;
    private int revision = 1;
    private int effects;

    private Response answer(Request request) {
        return request.method().equals("PUT") ? onPut.apply(request) : onLook.apply(request);
    }

    synchronized Response get() {
        return new Response(200, "application/json", document, Map.of("ETag", "\"" + revision + "\""));
    }

    synchronized Response put(Request request) {
        if (!request.headers().getOrDefault("if-match", "").equals("\"" + revision + "\"")) {
            return Response.text(412, "changed meanwhile");
        }
        effects++;
        write(request.body());
        return Response.text(204, "");
    }

    /** Writes the document by some hand. */
    synchronized void write(String text) {
        document = text;
        revision++;
    }

    synchronized String document() {
        return document;
    }

    synchronized int effects() {
        return effects;
    }

    List<Request> puts() {
        return server.requests().stream()
                .filter(request -> request.method().equals("PUT"))
                .toList();
    }

    String address() {
        return server.address();
    }

    String url() {
        return server.address() + "/flags.json?team=shop";
    }

    Map<String, String> values() {
        return new HashMap<>(
                Map.of("url", url(), "flag", "new-checkout", "tokenEnv", "FLAG_TOKEN", "timeout", "PT0.5S"));
    }

    @Override
    public void close() {
        server.close();
    }
}
