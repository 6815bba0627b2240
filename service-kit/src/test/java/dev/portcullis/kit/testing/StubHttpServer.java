package dev.portcullis.kit.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** A real HTTP server on 127.0.0.1 whose answers a test decides, and which remembers what it was asked. Thread-safe. */
public final class StubHttpServer implements AutoCloseable {
    /** A request as received; header names in lower case. */
    public record Request(String method, URI uri, Map<String, String> headers, String body) {}

    /** An answer to give. */
    public record Response(int status, String contentType, String body, Map<String, String> headers) {
        public Response(int status, String contentType, String body) {
            this(status, contentType, body, Map.of());
        }

        public static Response json(int status, String body) {
            return new Response(status, "application/json", body);
        }

        public static Response text(int status, String body) {
            return new Response(status, "text/plain", body);
        }
    }

    private final HttpServer server;
    private final String scheme;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Function<Request, Response> answer;

    public StubHttpServer(Function<Request, Response> answer) {
        this(0, answer);
    }

    public StubHttpServer(int port, Function<Request, Response> answer) {
        this(plain(port), "http", answer);
    }

    /** One that speaks HTTPS; where {@code asksForCertificate}, only with clients that show a certificate it trusts. */
    public StubHttpServer(SSLContext tls, boolean asksForCertificate, Function<Request, Response> answer) {
        this(secured(tls, asksForCertificate), "https", answer);
    }

    private StubHttpServer(HttpServer server, String scheme, Function<Request, Response> answer) {
        this.server = server;
        this.scheme = scheme;
        this.answer = answer;
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    private static HttpServer plain(int port) {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpServer secured(SSLContext tls, boolean asksForCertificate) {
        try {
            var secured = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            secured.setHttpsConfigurator(new HttpsConfigurator(tls) {
                @Override
                public void configure(HttpsParameters parameters) {
                    var chosen = tls.getDefaultSSLParameters();
                    chosen.setNeedClientAuth(asksForCertificate);
                    parameters.setSSLParameters(chosen);
                }
            });
            return secured;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders().entrySet().stream()
                    .collect(java.util.stream.Collectors.toMap(
                            e -> e.getKey().toLowerCase(java.util.Locale.ROOT), e -> String.join(",", e.getValue())));
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var request = new Request(exchange.getRequestMethod(), exchange.getRequestURI(), headers, body);
            requests.add(request);
            var response = answer.apply(request);
            var bytes = response.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", response.contentType());
            response.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(response.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Answers differently from now on. */
    public void answer(Function<Request, Response> next) {
        this.answer = next;
    }

    /** Everything asked so far, in order of arrival. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** "http://127.0.0.1:port", or https. */
    public String address() {
        return scheme + "://127.0.0.1:" + port();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
