package dev.portcullis.rollback.targets.helm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.portcullis.kit.testing.Kubeconfigs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.zip.GZIPOutputStream;

/** As much of an API server as a real helm needs for releases without objects: the Secrets they are kept in. */
final class SecretServer implements AutoCloseable {
    private static final String SECRETS = "/api/v1/namespaces/shop/secrets";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, ObjectNode> secrets = new ConcurrentSkipListMap<>();
    private final HttpServer server;

    private record Request(String method, URI uri, byte[] body) {}

    private record Response(int status, String body) {
        static Response json(int status, String body) {
            return new Response(status, body);
        }
    }

    SecretServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var answer = answer(new Request(exchange.getRequestMethod(), exchange.getRequestURI(), body));
            var bytes = answer.body().getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Its current context is none, so that only one who names the context gets through. */
    String kubeconfig() {
        return Kubeconfigs.of("http://127.0.0.1:" + server.getAddress().getPort())
                .replace("current-context: here", "current-context: there");
    }

    /** A revision of the release shop/checkout, as helm's driver keeps it (pkg/storage/driver/util.go, encodeRelease). */
    void release(int version, String status, String chart, String appVersion) {
        var release = JSON.createObjectNode()
                .put("name", "checkout")
                .put("namespace", "shop")
                .put("version", version);
        var made = "2026-03-0" + version + "T10:00:00.5Z";
        release.putObject("info")
                .put("first_deployed", "2026-03-01T10:00:00Z")
                .put("last_deployed", made)
                .put("deleted", "")
                .put("description", "Upgrade complete")
                .put("status", status);
        release.putObject("chart")
                .putObject("metadata")
                .put("apiVersion", "v2")
                .put("name", "web")
                .put("version", chart)
                .put("appVersion", appVersion);
        release.put("manifest", "");
        var secret = JSON.createObjectNode()
                .put("apiVersion", "v1")
                .put("kind", "Secret")
                .put("type", "helm.sh/release.v1");
        var name = "sh.helm.release.v1.checkout.v" + version;
        secret.putObject("metadata")
                .put("name", name)
                .put("namespace", "shop")
                .putObject("labels")
                .put("name", "checkout")
                .put("owner", "helm")
                .put("status", status)
                .put("version", String.valueOf(version));
        var once = Base64.getEncoder().encode(zipped(release.toString()));
        secret.putObject("data").put("release", Base64.getEncoder().encodeToString(once));
        secrets.put(name, secret);
    }

    private static byte[] zipped(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private Response answer(Request request) {
        var path = request.uri().getPath();
        if (path.equals("/version")) {
            return Response.json(200, "{\"major\": \"1\", \"minor\": \"34\", \"gitVersion\": \"v1.34.0\"}");
        }
        if (path.startsWith("/apis/apps/v1/")) {
            return Response.json(200, "{\"items\": []}");
        }
        if (!path.startsWith(SECRETS)) {
            return fault(404, "NotFound");
        }
        return path.equals(SECRETS) ? all(request) : one(request, path.substring(SECRETS.length() + 1));
    }

    private Response all(Request request) {
        if (request.method().equals("POST")) {
            var secret = SecretMessage.json(request.body());
            var known = secrets.putIfAbsent(secret.at("/metadata/name").asText(), secret);
            return known == null ? Response.json(201, secret.toString()) : fault(409, "AlreadyExists");
        }
        var list = JSON.createObjectNode().put("kind", "SecretList").put("apiVersion", "v1");
        var items = list.putArray("items");
        secrets.values().stream().filter(secret -> selected(request, secret)).forEach(items::add);
        return Response.json(200, list.toString());
    }

    private static boolean selected(Request request, JsonNode secret) {
        var selector = String.valueOf(request.uri().getQuery()).replaceFirst(".*labelSelector=([^&]*).*", "$1");
        return Arrays.stream(selector.split(","))
                .map(pair -> pair.split("=", 2))
                .allMatch(pair ->
                        secret.at("/metadata/labels").path(pair[0]).asText().equals(pair[1]));
    }

    private Response one(Request request, String name) {
        if (request.method().equals("PUT") && secrets.containsKey(name)) {
            secrets.put(name, SecretMessage.json(request.body()));
        } else if (request.method().equals("DELETE") && secrets.containsKey(name)) {
            return Response.json(200, String.valueOf(secrets.remove(name)));
        }
        var secret = secrets.get(name);
        return secret == null ? fault(404, "NotFound") : Response.json(200, secret.toString());
    }

    private static Response fault(int status, String reason) {
        return Response.json(
                status,
                "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"status\": \"Failure\", \"reason\": \"" + reason
                        + "\", \"message\": \"" + reason + "\", \"code\": " + status + "}");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
