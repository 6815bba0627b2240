package dev.portcullis.rollback.crash;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The only way from the service to a target's other side over HTTP. It counts requests, and can hold one back until the service is dead. */
final class HoldingProxy implements AutoCloseable {
    /** Where in its life a request is held. */
    enum Moment {
        /** It does not reach the other side. */
        BEFORE,
        /** It is carried out, and its answer does not arrive. */
        AFTER
    }

    private static final Set<String> OWN_HEADERS =
            Set.of("host", "connection", "content-length", "upgrade", "http2-settings");

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Runnable::run)
            .build();
    private final URI behind;
    private final HttpServer server;
    private final List<String> methods = new ArrayList<>();
    private final AtomicInteger carriedOut = new AtomicInteger();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch letGo = new CountDownLatch(1);
    private volatile int heldRequest = -1;
    private volatile Moment moment = Moment.BEFORE;

    HoldingProxy(URI behind) {
        this.behind = behind;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::pass);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The methods of the requests so far, in their order. */
    synchronized List<String> methods() {
        return List.copyOf(methods);
    }

    private synchronized int count(String method) {
        methods.add(method);
        return methods.size();
    }

    /** Requests so far that the other side has carried out. */
    int carriedOut() {
        return carriedOut.get();
    }

    /** Holds the n-th request from now on; 1 is the next. */
    void hold(int nth, Moment when) {
        moment = when;
        heldRequest = methods().size() + nth;
    }

    /** Whether the request to be held is held. */
    boolean holds() {
        return reached.getCount() == 0;
    }

    /** Drops what is held, and holds nothing more. */
    void letGo() {
        heldRequest = -1;
        letGo.countDown();
    }

    private void pass(HttpExchange exchange) throws IOException {
        // What the service asks when it starts is no part of a rollback.
        var counts = !exchange.getRequestURI().getPath().equals("/version");
        var held = counts && count(exchange.getRequestMethod()) == heldRequest;
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            if (held && moment == Moment.BEFORE) {
                await();
                return;
            }
            var answer = carriedOut(exchange, body);
            if (held) {
                await();
                return;
            }
            write(exchange, answer);
        }
    }

    private HttpResponse<byte[]> carriedOut(HttpExchange exchange, byte[] body) throws IOException {
        var request = HttpRequest.newBuilder(behind.resolve(exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            carriedOut.incrementAndGet();
        }
    }

    private static void write(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        answer.headers().map().forEach((name, values) -> {
            if (!name.startsWith(":")
                    && !OWN_HEADERS.contains(name.toLowerCase(java.util.Locale.ROOT))
                    && !name.equalsIgnoreCase("transfer-encoding")) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        var body = answer.body();
        exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private void await() {
        reached.countDown();
        try {
            letGo.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        letGo();
        server.stop(0);
        client.close();
    }
}
