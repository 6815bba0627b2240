package dev.portcullis.rollback.targets.featureflag;

import dev.portcullis.kit.testing.StubHttpServer.Request;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.util.HashMap;
import java.util.Map;

/** A flag definition behind HTTP: GET with an entity tag, PUT on condition of it (RFC 9110, 13.1.1), over real HTTP. */
final class DefinitionServer extends FlagServer {
    private String document = FlagFile.ON;
    private int revision = 1;

    DefinitionServer() {
        super("PUT");
    }

    @Override
    Response answer(Request request) {
        return isChange(request) ? onChange.apply(request) : onLook.apply(request);
    }

    @Override
    synchronized Response look() {
        return new Response(200, "application/json", document, Map.of("ETag", "\"" + revision + "\""));
    }

    @Override
    synchronized Response change(Request request) {
        if (!request.headers().getOrDefault("if-match", "").equals("\"" + revision + "\"")) {
            return Response.text(412, "changed meanwhile");
        }
        noteEffect();
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

    String url() {
        return address() + "/flags.json?team=shop";
    }

    Map<String, String> values() {
        return new HashMap<>(Map.of("url", url(), "flag", "new-checkout", "tokenEnv", "FLAG_TOKEN", "timeout", "PT2S"));
    }
}
