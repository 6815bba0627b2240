package dev.portcullis.launcher.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** The HTTP server of a witness: {@code POST /add-checkpoint}, up to 64 KiB, and nothing else. TLS is taken off by whoever stands before it. */
public final class WitnessServer implements AutoCloseable {
    private static final String PATH = "/add-checkpoint";
    private static final int MOST_BYTES = 64 << 10;
    private static final int NOT_FOUND = 404;
    private static final int WRONG_METHOD = 405;
    private static final int TOO_LARGE = 413;
    private static final int CONFLICT = 409;

    private final HttpServer server;
    private final Witness witness;

    /** Listens at once; port 0 = any free port. */
    public WitnessServer(Witness witness, InetSocketAddress address) throws IOException {
        // Seconds for a request to be read; without it a client could hold a connection for ever.
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        this.witness = witness;
        this.server = HttpServer.create(address, 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /** The port listened on. */
    public int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(PATH)) {
                send(exchange, new Witness.Answer(NOT_FOUND, "there is POST " + PATH + "\n"));
            } else if (!exchange.getRequestMethod().equals("POST")) {
                send(exchange, new Witness.Answer(WRONG_METHOD, "there is POST " + PATH + "\n"));
            } else {
                var body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
                send(
                        exchange,
                        body.length > MOST_BYTES
                                ? new Witness.Answer(TOO_LARGE, "the request has more than " + MOST_BYTES + " bytes\n")
                                : witness.add(new String(body, StandardCharsets.UTF_8)));
            }
        }
    }

    private static void send(HttpExchange exchange, Witness.Answer answer) throws IOException {
        exchange.getResponseHeaders()
                .set("Content-Type", answer.status() == CONFLICT ? "text/x.tlog.size" : "text/plain; charset=utf-8");
        var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(1);
    }
}
