package dev.portcullis.analysis.source.prometheus;

import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Request;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What stands before a real server in a large installation: lets in only who has the right headers, serves below a base path, and may change answers as other
 * systems do. Thread-safe.
 */
final class ReverseProxy implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final String upstream;
    private final String basePath;
    private final StubHttpServer server;
    private final List<Request> forwarded = new CopyOnWriteArrayList<>();
    private volatile Map<String, String> required = Map.of();
    private volatile BiFunction<Request, String, String> change = (request, body) -> body;

    /** @param tls null for none */
    ReverseProxy(String upstream, String basePath, @Nullable SSLContext tls) {
        this.upstream = upstream;
        this.basePath = basePath;
        this.server = tls == null ? new StubHttpServer(this::answer) : new StubHttpServer(tls, false, this::answer);
    }

    /** From now on a request needs these headers, given in lower case. */
    ReverseProxy requiring(Map<String, String> headers) {
        required = headers;
        return this;
    }

    /** From now on answers are changed on their way. */
    ReverseProxy changing(UnaryOperator<String> changed) {
        change = (request, body) -> changed.apply(body);
        return this;
    }

    /** The same, as it depends on the request. */
    ReverseProxy changing(BiFunction<Request, String, String> changed) {
        change = changed;
        return this;
    }

    String address() {
        return server.address() + basePath;
    }

    /** What was let in. */
    List<Request> forwarded() {
        return List.copyOf(forwarded);
    }

    private Response answer(Request request) {
        boolean letIn = required.entrySet().stream()
                .allMatch(header -> header.getValue().equals(request.headers().get(header.getKey())));
        if (!letIn) {
            return Response.text(401, "no org id");
        }
        if (!request.uri().getPath().startsWith(basePath + "/api/")) {
            return Response.text(404, "404 page not found");
        }
        forwarded.add(request);
        return forward(request);
    }

    private Response forward(Request request) {
        String path = request.uri().toString().substring(basePath.length());
        var onward = HttpRequest.newBuilder(URI.create(upstream + path))
                .header("Content-Type", request.headers().getOrDefault("content-type", "text/plain"))
                .method(request.method(), BodyPublishers.ofString(request.body()));
        try {
            var response = http.send(onward.build(), BodyHandlers.ofString());
            return Response.json(response.statusCode(), change.apply(request, response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
        http.close();
    }
}
