package dev.portcullis.rollback.targets.webhook;

import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Request;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The other side of a webhook, over real HTTP: throws a switch once per idempotency key, and tells how it stands. */
public final class TrafficSwitch implements AutoCloseable {
    private final StubHttpServer server;
    private final Set<String> appliedKeys = ConcurrentHashMap.newKeySet();

    /** Answers POST /return; a test may put another before it. */
    public volatile Function<Request, Response> onReturn = this::apply;

    /** Answers GET /where; a test may put another before it. */
    public volatile Function<Request, Response> onLook = this::look;

    private volatile boolean restored;

    public TrafficSwitch() {
        this(0);
    }

    public TrafficSwitch(int port) {
        server = new StubHttpServer(port, this::answer);
    }

    private Response answer(Request request) {
        return request.method().equals("POST") ? onReturn.apply(request) : onLook.apply(request);
    }

    /** Does what was asked, once per key. */
    public Response apply(Request request) {
        appliedKeys.add(request.headers().getOrDefault("idempotency-key", "none"));
        restored = true;
        return Response.json(202, "{\"accepted\":true}");
    }

    /** Tells how the switch stands. */
    public Response look(Request request) {
        return Response.json(
                200,
                "{\"restored\":" + restored + ",\"detail\":\"switch of "
                        + request.uri().getQuery() + "\"}");
    }

    /** Puts the traffic where it should be, by another hand. */
    public void restore() {
        restored = true;
    }

    /** How often the switch was thrown. */
    public int effects() {
        return appliedKeys.size();
    }

    public List<Request> posts() {
        return requests("POST");
    }

    public List<Request> looks() {
        return requests("GET");
    }

    private List<Request> requests(String method) {
        return server.requests().stream()
                .filter(request -> request.method().equals(method))
                .toList();
    }

    /** The distinct idempotency keys it was called with. */
    public Set<String> keys() {
        return posts().stream()
                .map(request -> request.headers().getOrDefault("idempotency-key", "none"))
                .collect(Collectors.toSet());
    }

    public String url() {
        return server.address() + "/return";
    }

    public String readBack() {
        return server.address() + "/where";
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
