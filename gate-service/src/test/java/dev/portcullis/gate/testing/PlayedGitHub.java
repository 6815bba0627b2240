package dev.portcullis.gate.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Request;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** GitHub as far as an app with protection rules meets it: it refuses what GitHub refuses, and remembers the reviews that it took. Thread-safe. */
public final class PlayedGitHub implements AutoCloseable {
    public static final String CLIENT_ID = "Iv23liPortcullis";
    public static final String REPOSITORY = "shop/checkout";
    public static final long REPOSITORY_ID = 4711;
    public static final long INSTALLATION = 815;
    private static final String SECRET = "It's a Secret to Everybody";
    private static final int MOST_REPORTS = 10;
    private static final int LONGEST_COMMENT = 1024;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern REVIEW =
            Pattern.compile("/repos/" + REPOSITORY + "/actions/runs/([0-9]+)/deployment_protection_rule");

    private static final String DELIVERIES = "/app/hook/deliveries";
    private static final Pattern ATTEMPT = Pattern.compile(DELIVERIES + "/([0-9]+)/attempts");
    private static final Pattern CURSOR = Pattern.compile("per_page=100&cursor=v1_([0-9]+)");

    /**
     * A review that was taken.
     *
     * @param state approved, rejected, or empty of a report
     */
    public record Review(long run, String environment, String state, String comment) {}

    private final KeyPair keys = keys();
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final AtomicInteger tokensGiven = new AtomicInteger();
    private final Set<Long> waiting = ConcurrentHashMap.newKeySet();
    private final List<Review> reviews = new CopyOnWriteArrayList<>();
    private final List<ObjectNode> deliveries = new CopyOnWriteArrayList<>();
    private final Map<String, Lost> lost = new ConcurrentHashMap<>();
    private final List<String> refusals = new CopyOnWriteArrayList<>();
    private final Path folder;
    private volatile Function<Request, Response> outage = request -> null;
    private final StubHttpServer server = new StubHttpServer(this::answer);

    /** @param folder where the key and the secret are put */
    public PlayedGitHub(Path folder) {
        this.folder = folder;
        try {
            Files.writeString(folder.resolve("key.pem"), pem());
            Files.writeString(folder.resolve("secret"), SECRET + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** PKCS#1, as GitHub gives keys out: what PKCS#8 wraps, behind its first 26 bytes. */
    private String pem() {
        var wrapped = keys.getPrivate().getEncoded();
        var bare = java.util.Arrays.copyOfRange(wrapped, 26, wrapped.length);
        return "-----BEGIN RSA PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bare)
                + "\n-----END RSA PRIVATE KEY-----\n";
    }

    /** The configuration of the app. */
    public String configuration(String stage) {
        return """
                apiVersion: portcullis.dev/v1
                kind: GitHubApp
                metadata: {name: github}
                spec:
                  clientId: %s
                  privateKeyFile: %s
                  webhookSecretFile: %s
                  apiUrl: %s
                  environments:
                    - {repository: %s, environment: production, service: checkout, stage: %s}
                """.formatted(
                CLIENT_ID, folder.resolve("key.pem"), folder.resolve("secret"), server.address(), REPOSITORY, stage);
    }

    /** A webhook as GitHub sends it; from now on its run waits for an answer. */
    public String webhook(long run, String environment, String sha) {
        waiting.add(run);
        var event = JSON.createObjectNode();
        event.put("action", "requested");
        event.put("environment", environment);
        event.put("event", "push");
        // Not where the API is: nobody is to call it.
        event.put(
                "deployment_callback_url",
                "http://127.0.0.1:1/repos/" + REPOSITORY + "/actions/runs/" + run + "/deployment_protection_rule");
        event.putObject("deployment")
                .put("id", 1)
                .put("sha", sha)
                .put("ref", "main")
                .put("task", "deploy")
                .put("environment", environment);
        event.putArray("pull_requests");
        event.putObject("repository").put("id", REPOSITORY_ID).put("full_name", REPOSITORY);
        event.putObject("installation").put("id", INSTALLATION);
        event.putObject("sender").put("login", "alice");
        return event.toString();
    }

    /** X-Hub-Signature-256 of a body. */
    public static String signature(String body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From now on requests are answered like this; with null as ever. */
    public void outage(Function<Request, Response> next) {
        outage = next;
    }

    /** The tokens that were given out are no longer worth anything. */
    public void revoke() {
        tokens.clear();
    }

    /** A run was cancelled. */
    public void cancel(long run) {
        waiting.remove(run);
    }

    public List<Review> reviews() {
        return List.copyOf(reviews);
    }

    /** What was refused because it was wrong; a run that no longer waits is not. */
    public List<String> refusals() {
        return List.copyOf(refusals);
    }

    public int tokensGiven() {
        return tokensGiven.get();
    }

    /**
     * A webhook whose first delivery nobody took, some time ago.
     *
     * @param webhook its id, the same in each delivery
     * @param to where it is delivered to when GitHub is asked to try again
     */
    public void lose(String webhook, String body, Instant at, URI to) {
        lost.put(webhook, new Lost(body, to));
        noteDelivery(webhook, at, 502);
    }

    /** How often each webhook was to be delivered. */
    public long deliveries(String webhook) {
        return deliveries.stream()
                .filter(one -> one.path("guid").asText().equals(webhook))
                .count();
    }

    private record Lost(String body, URI to) {}

    private synchronized void noteDelivery(String webhook, Instant at, int status) {
        deliveries.addFirst(JSON.createObjectNode()
                .put("id", deliveries.size() + 1L)
                .put("guid", webhook)
                .put("delivered_at", at.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("redelivery", deliveries(webhook) > 0)
                .put("status_code", status)
                .put("event", "deployment_protection_rule")
                .put("action", "requested")
                .put("installation_id", INSTALLATION));
    }

    /** Two on a page, so that there are several pages. */
    private synchronized Response list(Request request) throws IOException, GeneralSecurityException {
        var fault = fault(bearer(request));
        if (!fault.isEmpty() || !request.method().equals("GET")) {
            return refuse(401, fault);
        }
        var cursor = CURSOR.matcher(request.uri().getQuery());
        var from = cursor.matches() ? Integer.parseInt(cursor.group(1)) : 0;
        var page = JSON.createArrayNode();
        deliveries.stream().skip(from).limit(2).forEach(page::add);
        var next = "<" + server.address() + DELIVERIES + "?per_page=100&cursor=v1_" + (from + 2) + ">; rel=\"next\"";
        return new Response(
                200,
                "application/json",
                page.toString(),
                from + 2 < deliveries.size() ? Map.of("Link", next) : Map.of());
    }

    private Response attempt(Request request, long id) throws IOException, GeneralSecurityException {
        var fault = fault(bearer(request));
        if (!fault.isEmpty() || !request.method().equals("POST")) {
            return refuse(401, fault);
        }
        var known =
                deliveries.stream().filter(one -> one.path("id").asLong() == id).findFirst();
        if (known.isEmpty()) {
            return refuse(404, "no delivery " + id);
        }
        var webhook = known.get().path("guid").asText();
        deliver(webhook, Objects.requireNonNull(lost.get(webhook)));
        return Response.json(202, "{}");
    }

    private void deliver(String webhook, Lost again) {
        var request = HttpRequest.newBuilder(again.to())
                .header("Content-Type", "application/json")
                .header("X-GitHub-Event", "deployment_protection_rule")
                .header("X-GitHub-Delivery", webhook)
                .header("X-Hub-Signature-256", signature(again.body()))
                .POST(HttpRequest.BodyPublishers.ofString(again.body()))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            noteDelivery(
                    webhook,
                    Instant.now(),
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
        } catch (IOException e) {
            noteDelivery(webhook, Instant.now(), 502);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Response answer(Request request) {
        var away = outage.apply(request);
        if (away != null) {
            return away;
        }
        try {
            var path = request.uri().getPath();
            if (path.equals("/app/installations/" + INSTALLATION + "/access_tokens")) {
                return token(request);
            }
            if (path.equals(DELIVERIES)) {
                return list(request);
            }
            var attempt = ATTEMPT.matcher(path);
            if (attempt.matches()) {
                return attempt(request, Long.parseLong(attempt.group(1)));
            }
            var review = REVIEW.matcher(path);
            if (review.matches()) {
                return review(request, Long.parseLong(review.group(1)));
            }
            return refuse(404, "no such path: " + path);
        } catch (IOException | GeneralSecurityException e) {
            return refuse(400, e.toString());
        }
    }

    private Response refuse(int status, String why) {
        refusals.add(status + " " + why);
        return Response.json(status, "{\"message\":\"" + why.replace("\"", "'") + "\"}");
    }

    private Response token(Request request) throws IOException, GeneralSecurityException {
        var fault = fault(bearer(request));
        if (!fault.isEmpty()) {
            return refuse(401, fault);
        }
        var wanted = JSON.readTree(
                "{\"repository_ids\":[" + REPOSITORY_ID + "],\"permissions\":{\"deployments\":\"write\"}}");
        if (!JSON.readTree(request.body()).equals(wanted)) {
            return refuse(422, "more rights than are needed, or other ones: " + request.body());
        }
        var token = "ghs_" + tokensGiven.incrementAndGet();
        tokens.add(token);
        return Response.json(
                201,
                JSON.createObjectNode()
                        .put("token", token)
                        .put(
                                "expires_at",
                                Instant.now()
                                        .plus(1, ChronoUnit.HOURS)
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .toString())
                        .toString());
    }

    private static String bearer(Request request) {
        return request.headers().getOrDefault("authorization", "").replaceFirst("^Bearer ", "");
    }

    /** What is wrong with the app's JSON Web Token; empty when nothing is. */
    private String fault(String jwt) throws IOException, GeneralSecurityException {
        var parts = jwt.split("\\.");
        if (parts.length != 3) {
            return "A JSON web token could not be decoded";
        }
        var verifier = Signature.getInstance("SHA256withRSA");
        verifier.initVerify(keys.getPublic());
        verifier.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        if (!verifier.verify(Base64.getUrlDecoder().decode(parts[2]))) {
            return "the signature is wrong";
        }
        if (!part(parts[0]).path("alg").asText().equals("RS256")) {
            return "the algorithm is wrong";
        }
        var claims = part(parts[1]);
        var now = Instant.now().getEpochSecond();
        if (!claims.path("iss").asText().equals(CLIENT_ID)) {
            return "'Issuer' claim ('iss') must be the client id";
        }
        if (claims.path("iat").asLong(Long.MAX_VALUE) > now) {
            return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
        }
        var end = claims.path("exp").asLong();
        return end <= now || end > now + 600 ? "'Expiration time' claim ('exp') is too far in the future" : "";
    }

    private static JsonNode part(String text) throws IOException {
        return JSON.readTree(Base64.getUrlDecoder().decode(text));
    }

    private synchronized Response review(Request request, long run) throws IOException {
        if (!request.method().equals("POST")
                || !request.headers().getOrDefault("accept", "").equals("application/vnd.github+json")) {
            return refuse(415, "another method or media type");
        }
        if (!tokens.contains(bearer(request))) {
            return Response.json(401, "{\"message\":\"Bad credentials\"}");
        }
        if (!waiting.contains(run)) {
            return Response.json(404, "{\"message\":\"Not Found\"}");
        }
        var body = JSON.readTree(request.body());
        var state = body.path("state").asText("");
        var comment = body.path("comment").asText("");
        if (!Set.of("", "approved", "rejected").contains(state)
                || !body.path("environment_name").isTextual()
                || comment.length() > LONGEST_COMMENT) {
            return refuse(422, "Validation Failed: " + Map.of("state", state, "length", comment.length()));
        }
        var reports = reviews.stream()
                .filter(one -> one.run() == run && one.state().isEmpty())
                .count();
        if (state.isEmpty() && reports >= MOST_REPORTS) {
            return refuse(422, "an eleventh report");
        }
        reviews.add(new Review(run, body.path("environment_name").asText(), state, comment));
        if (!state.isEmpty()) {
            waiting.remove(run);
        }
        return new Response(204, "application/json", "");
    }

    @Override
    public void close() {
        server.close();
    }
}
