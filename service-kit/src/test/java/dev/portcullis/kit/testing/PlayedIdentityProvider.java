package dev.portcullis.kit.testing;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.portcullis.kit.testing.StubHttpServer.Request;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID Connect provider with one client, as far as somebody who signs in meets it. It refuses what RFC 6749, RFC 7636 and OpenID Connect Core have a provider refuse, and
 * remembers what that was. Thread-safe.
 */
public final class PlayedIdentityProvider implements AutoCloseable {
    public static final String CLIENT = "portcullis-console";
    /** With characters that have to be encoded before they go into a header (RFC 6749, section 2.3.1). */
    public static final String SECRET = "a:secret+with%odd/characters";

    private static final int CHALLENGE_LENGTH = 43;

    /** How the client shows that it is the one. */
    public enum ClientKind {
        /** By the header. */
        BASIC,
        /** By the form. */
        POST,
        /** Not at all: it has no secret. */
        PUBLIC
    }

    private record Grant(Map<String, String> request, boolean[] used) {}

    private final Map<String, Grant> codes = new ConcurrentHashMap<>();
    private final Set<String> redirectUris = ConcurrentHashMap.newKeySet();
    private final List<String> refusals = new CopyOnWriteArrayList<>();
    private final StubHttpServer server = new StubHttpServer(this::answer);
    private final TestIssuer issuer = new TestIssuer(server.address(), "provider");
    private volatile ClientKind kind = ClientKind.BASIC;
    private volatile String subject = "ann";
    private volatile Map<String, ?> claims = Map.of();
    private volatile UnaryOperator<JWTClaimsSet.Builder> change = token -> token;
    private volatile Function<Request, @Nullable Response> outage = request -> null;
    private volatile boolean asks;
    private volatile boolean thin;
    private volatile String clientId = CLIENT;

    /** What {@code iss} is. */
    public String address() {
        return server.address();
    }

    /** Has browsers sent back there, and nowhere else. */
    public void register(String redirectUri) {
        redirectUris.clear();
        redirectUris.add(redirectUri);
    }

    /** The client's id in place of the usual one. */
    public void client(String id) {
        clientId = id;
    }

    public void kind(ClientKind next) {
        kind = next;
    }

    /** Who sits before every browser from now on, and what is said of him. */
    public void person(String name, Map<String, ?> more) {
        subject = name;
        claims = more;
    }

    /** From now on ID tokens are changed like this before they are signed. */
    public void change(UnaryOperator<JWTClaimsSet.Builder> next) {
        change = next;
    }

    /** From now on requests are answered like this; where that is null, as ever. */
    public void outage(Function<Request, @Nullable Response> next) {
        outage = next;
    }

    /** Whether people have to press a button before they are sent back. */
    public void asks(boolean next) {
        asks = next;
    }

    /** Whether an ID token says nothing but who it is, as the standard has it where there is an access token too (OpenID Connect Core 1.0, section 5.4). */
    public void thin(boolean next) {
        thin = next;
    }

    /** The time of all codes is over. */
    public void expireCodes() {
        codes.clear();
    }

    /** What was refused because it was wrong. */
    public List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** How often a code was to become a token. */
    public long exchanges() {
        return server.requests().stream()
                .filter(request -> request.uri().getPath().equals("/token"))
                .count();
    }

    /** A token signed as all are. */
    public String token(UnaryOperator<JWTClaimsSet.Builder> changed) {
        return issuer.token(subject, Instant.now(), changed);
    }

    private Response answer(Request request) {
        var failed = outage.apply(request);
        if (failed != null) {
            return failed;
        }
        return switch (request.method() + " " + request.uri().getPath()) {
            case "GET /.well-known/openid-configuration" -> Response.json(200, discovery());
            case "GET /keys" -> Response.json(200, issuer.jwks());
            case "GET /authorize" -> authorize(fields(request.uri().getRawQuery()));
            case "GET /confirm" -> sendBack(fields(request.uri().getRawQuery()));
            case "POST /token" -> exchange(request);
            case "GET /userinfo" -> userInfo(request);
            default -> Response.text(404, "not here");
        };
    }

    private String discovery() {
        var methods = kind == ClientKind.POST ? "[\"client_secret_post\"]" : "[\"client_secret_basic\"]";
        return """
                {"issuer":"%1$s","jwks_uri":"%1$s/keys","authorization_endpoint":"%1$s/authorize?tenant=shop",
                "token_endpoint":"%1$s/token","userinfo_endpoint":"%1$s/userinfo","token_endpoint_auth_methods_supported":%2$s}""".formatted(address(), methods);
    }

    private Response authorize(Map<String, String> sent) {
        // To an address that is not registered nobody is sent, not even with an error.
        if (!clientId.equals(sent.get("client_id")) || !redirectUris.contains(sent.get("redirect_uri"))) {
            return refuse(400, "invalid client or redirect_uri");
        }
        var fault = !"shop".equals(sent.get("tenant"))
                ? "the query of the address"
                : !"code".equals(sent.get("response_type"))
                        ? "response_type"
                        : !List.of(sent.getOrDefault("scope", "").split(" ")).contains("openid")
                                ? "scope"
                                : !"S256".equals(sent.get("code_challenge_method"))
                                                || sent.getOrDefault("code_challenge", "")
                                                                .length()
                                                        != CHALLENGE_LENGTH
                                        ? "code_challenge"
                                        : "";
        if (!fault.isEmpty()) {
            refusals.add(fault);
            return back(sent, Map.of("error", "invalid_request", "error_description", fault));
        }
        if (asks) {
            var link = "/confirm?" + query(sent);
            return new Response(
                    200,
                    "text/html",
                    "<!doctype html><title>Provider</title><a id=\"confirm\" href=\"" + link.replace("&", "&amp;")
                            + "\">Go on as " + subject + "</a>");
        }
        return sendBack(sent);
    }

    private Response sendBack(Map<String, String> sent) {
        var code = UUID.randomUUID().toString();
        codes.put(code, new Grant(sent, new boolean[1]));
        return back(sent, Map.of("code", code, "iss", address()));
    }

    private static Response back(Map<String, String> sent, Map<String, String> answer) {
        var all = new HashMap<>(answer);
        all.put("state", sent.getOrDefault("state", ""));
        return new Response(302, "text/plain", "", Map.of("Location", sent.get("redirect_uri") + "?" + query(all)));
    }

    private Response exchange(Request request) {
        var form = fields(request.body());
        if (!isClient(request, form)) {
            return error(401, "invalid_client");
        }
        if (!"authorization_code".equals(form.get("grant_type"))) {
            return error(400, "unsupported_grant_type");
        }
        var grant = codes.get(form.getOrDefault("code", ""));
        if (grant == null || isUsed(grant)) {
            return error(400, "invalid_grant");
        }
        if (!grant.request().get("redirect_uri").equals(form.get("redirect_uri"))
                || !grant.request().get("code_challenge").equals(challenge(form.getOrDefault("code_verifier", "")))) {
            return error(400, "invalid_grant");
        }
        var token = issuer.token(subject, Instant.now(), builder -> {
            builder.audience(clientId).claim("nonce", grant.request().get("nonce"));
            if (!thin) {
                claims.forEach(builder::claim);
            }
            return change.apply(builder);
        });
        return Response.json(
                200,
                "{\"access_token\":\"opaque\",\"token_type\":\"Bearer\",\"expires_in\":300,\"id_token\":\"" + token
                        + "\"}");
    }

    private Response userInfo(Request request) {
        if (!"Bearer opaque".equals(request.headers().get("authorization"))) {
            return error(401, "invalid_token");
        }
        var said = new JWTClaimsSet.Builder().subject(subject);
        claims.forEach(said::claim);
        return Response.json(200, said.build().toString());
    }

    private static synchronized boolean isUsed(Grant grant) {
        var before = grant.used()[0];
        grant.used()[0] = true;
        return before;
    }

    private boolean isClient(Request request, Map<String, String> form) {
        var header = request.headers().getOrDefault("authorization", "");
        return switch (kind) {
            case BASIC -> {
                var expected = encoded(clientId) + ":" + encoded(SECRET);
                yield header.equals(
                        "Basic " + Base64.getEncoder().encodeToString(expected.getBytes(StandardCharsets.US_ASCII)));
            }
            case POST ->
                header.isEmpty() && clientId.equals(form.get("client_id")) && SECRET.equals(form.get("client_secret"));
            case PUBLIC -> header.isEmpty() && clientId.equals(form.get("client_id"));
        };
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Response error(int status, String code) {
        refusals.add(code);
        return Response.json(status, "{\"error\":\"" + code + "\",\"error_description\":\"as the standard has it\"}");
    }

    private Response refuse(int status, String text) {
        refusals.add(text);
        return Response.text(status, text);
    }

    private static String query(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static Map<String, String> fields(String text) {
        var fields = new HashMap<String, String>();
        for (var pair : text.split("&")) {
            var equals = pair.indexOf('=');
            if (equals > 0) {
                var value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
                fields.put(pair.substring(0, equals), value);
            }
        }
        return fields;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.close();
    }
}
