package dev.portcullis.kit.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.kit.identity.AccessRules.Issuer;
import dev.portcullis.kit.identity.SignInException.Reason;
import dev.portcullis.kit.text.FileText;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The authorization code flow of OpenID Connect Core 1.0 (section 3.1) with PKCE (RFC 7636, S256), as a client has to go through it: where to send a browser, and who comes
 * back. Keeps nothing of a sign-in. Thread-safe; may wait for the issuer.
 */
public final class AuthorizationCodeFlow {
    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final int OK = 200;
    private static final int SERVER_ERROR = 500;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Pattern TOKEN_FORM = Pattern.compile("[\\x21-\\x7e]+");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Logger LOG = LoggerFactory.getLogger(AuthorizationCodeFlow.class);

    private record Known(IssuerDocument document, long fetched) {}

    private final CallerVerifier verifier;
    private final KeyDocuments documents;
    private final IssuerEndpoints endpoints;
    private final LongSupplier nanoTime;
    private final Map<Issuer, Known> known = new ConcurrentHashMap<>();

    public AuthorizationCodeFlow(
            CallerVerifier verifier, KeyDocuments documents, IssuerEndpoints endpoints, LongSupplier nanoTime) {
        this.verifier = verifier;
        this.documents = documents;
        this.endpoints = endpoints;
        this.nanoTime = nanoTime;
    }

    /**
     * One sign-in of one browser; all three are new each time, and nobody can guess them.
     *
     * @param state comes back with the browser, so that nobody can make it end a sign-in which it has not begun
     * @param nonce comes back in the ID token, so that a token of another sign-in is not taken
     * @param verifier shows, with the code, that both are of the same sign-in; 43 to 128 characters of base64url
     */
    public record Attempt(String state, String nonce, String verifier) {
        private String challenge() {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(TokenText.digest(verifier));
        }

        @Override
        public String toString() {
            return "a sign-in";
        }
    }

    /**
     * Where a browser is sent.
     *
     * @param back where the issuer sends it back to
     */
    public URI begin(SignIn signIn, URI back, Attempt attempt) throws SignInException {
        var address = endpoint(signIn, IssuerDocument::authorization);
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("response_type", "code");
        parameters.put("client_id", signIn.clientId());
        parameters.put("redirect_uri", back.toString());
        parameters.put("scope", String.join(" ", signIn.scopes()));
        parameters.put("state", attempt.state());
        parameters.put("nonce", attempt.nonce());
        parameters.put("code_challenge", attempt.challenge());
        parameters.put("code_challenge_method", "S256");
        return URI.create(address + (address.getRawQuery() == null ? "?" : "&") + form(parameters));
    }

    /**
     * Who it is that comes back with a code.
     *
     * @throws SignInException when the issuer gives nothing for it
     * @throws CallRefusedException when what he gives proves nothing
     */
    public IdentityClaims end(SignIn signIn, URI back, Attempt attempt, String code)
            throws SignInException, CallRefusedException {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("grant_type", "authorization_code");
        parameters.put("code", code);
        parameters.put("redirect_uri", back.toString());
        parameters.put("code_verifier", attempt.verifier());
        var tokens = tokens(signIn, parameters);
        var person = verifier.identify(text(signIn, tokens, "id_token"), signIn, attempt.nonce());
        return signIn.userInfo() ? person.and(userInfo(signIn, text(signIn, tokens, "access_token"))) : person;
    }

    private JsonNode tokens(SignIn signIn, Map<String, String> parameters) throws SignInException {
        var address = endpoint(signIn, IssuerDocument::token);
        var authorization = authenticate(signIn, parameters);
        var answer = send(signIn, address, Optional.of(form(parameters)), authorization);
        if (answer.status() != OK) {
            throw refused(signIn, answer);
        }
        return body(answer).orElseGet(JSON::createObjectNode);
    }

    private IssuerEndpoints.Answer send(
            SignIn signIn, URI address, Optional<String> form, Optional<String> authorization) throws SignInException {
        try {
            return endpoints.send(signIn.issuer(), address, form, authorization);
        } catch (IOException e) {
            throw unavailable(signIn, e);
        }
    }

    private static String text(SignIn signIn, JsonNode tokens, String name) throws SignInException {
        var text = tokens.path(name).asText();
        if (TOKEN_FORM.matcher(text).matches()) {
            return text;
        }
        throw new SignInException(
                Reason.ANSWER_ILLEGAL, signIn.issuer().issuer() + " gave no legal " + name + " for the code");
    }

    private String userInfo(SignIn signIn, String accessToken) throws SignInException {
        var address = endpoint(signIn, IssuerDocument::userInfo);
        var answer = send(signIn, address, Optional.empty(), Optional.of("Bearer " + accessToken));
        if (answer.status() == OK) {
            return answer.body();
        }
        throw new SignInException(
                isUnwell(answer) ? Reason.ISSUER_UNAVAILABLE : Reason.ANSWER_ILLEGAL,
                signIn.issuer().issuer() + " answered with status " + answer.status() + " when it was asked for more");
    }

    private static boolean isUnwell(IssuerEndpoints.Answer answer) {
        return answer.status() >= SERVER_ERROR || answer.status() == TOO_MANY_REQUESTS;
    }

    /** Says which client it is, and shows its secret if it has one; the header, or empty when it is all in the form. */
    private Optional<String> authenticate(SignIn signIn, Map<String, String> parameters) throws SignInException {
        var file = signIn.clientSecretFile();
        if (file.isEmpty()) {
            parameters.put("client_id", signIn.clientId());
            return Optional.empty();
        }
        var secret = secret(file.get());
        if (!document(signIn).takesSecretInHeader()) {
            parameters.put("client_id", signIn.clientId());
            parameters.put("client_secret", secret);
            return Optional.empty();
        }
        // Both encoded first (RFC 6749, section 2.3.1): they may have a colon.
        var pair = encoded(signIn.clientId()) + ":" + encoded(secret);
        return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Read at each use, so that a new one counts at once. */
    private static String secret(Path file) throws SignInException {
        String fault;
        try {
            var secret = FileText.read(file, StandardCharsets.UTF_8).strip();
            if (!secret.isEmpty()) {
                return secret;
            }
            fault = "is empty";
        } catch (IOException e) {
            fault = "cannot be read: " + FileText.fault(e);
        }
        throw new SignInException(Reason.CLIENT_REFUSED, "the file of the console's secret, " + file + ", " + fault);
    }

    /** The standard's codes alone are told: what else is in the answer may be anything. */
    private static SignInException refused(SignIn signIn, IssuerEndpoints.Answer answer) {
        var issuer = signIn.issuer().issuer();
        if (isUnwell(answer)) {
            return new SignInException(
                    Reason.ISSUER_UNAVAILABLE, issuer + " answered the code with status " + answer.status());
        }
        var error = body(answer).map(body -> body.path("error").asText()).orElse("");
        return switch (error) {
            case "invalid_grant" ->
                new SignInException(
                        Reason.CODE_REFUSED,
                        issuer + " no longer takes the code: it is good once, and for a short time");
            case "invalid_client",
                    "unauthorized_client",
                    "invalid_request",
                    "unsupported_grant_type",
                    "invalid_scope" ->
                new SignInException(
                        Reason.CLIENT_REFUSED,
                        issuer + " answered " + error + " to client '" + signIn.clientId()
                                + "': clientId, clientSecretFile and publicUrl have to be as they are registered there");
            default ->
                new SignInException(
                        Reason.ANSWER_ILLEGAL,
                        issuer + " answered the code with status " + answer.status() + " and no known error");
        };
    }

    private static Optional<JsonNode> body(IssuerEndpoints.Answer answer) {
        try {
            return Optional.ofNullable(JSON.readTree(answer.body()));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** What is read of the discovery document. */
    @FunctionalInterface
    private interface Part {
        URI of(IssuerDocument document) throws IOException;
    }

    private URI endpoint(SignIn signIn, Part part) throws SignInException {
        var document = document(signIn);
        try {
            return part.of(document);
        } catch (IOException e) {
            throw new SignInException(Reason.ANSWER_ILLEGAL, String.valueOf(e.getMessage()));
        }
    }

    /** One that is known goes on while the issuer cannot be asked; several that find it old ask at once, which does no harm. */
    private IssuerDocument document(SignIn signIn) throws SignInException {
        var issuer = signIn.issuer();
        var before = known.get(issuer);
        var now = nanoTime.getAsLong();
        if (before != null && now - before.fetched() < FRESH.toNanos()) {
            return before.document();
        }
        try {
            var fetched = IssuerDocument.fetch(issuer, documents);
            known.keySet().retainAll(Set.of(issuer));
            known.put(issuer, new Known(fetched, now));
            return fetched;
        } catch (IOException e) {
            if (before == null) {
                throw unavailable(signIn, e);
            }
            LOG.warn(
                    "the discovery document of {} cannot be had anew: {}; the one of before is used",
                    issuer.issuer(),
                    e.getMessage());
            return before.document();
        }
    }

    private static SignInException unavailable(SignIn signIn, IOException e) {
        LOG.warn("nobody can sign in with {}: {}", signIn.issuer().issuer(), e.getMessage());
        return new SignInException(
                Reason.ISSUER_UNAVAILABLE, signIn.issuer().issuer() + " cannot be asked: " + e.getMessage());
    }

    private static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(one -> one.getKey() + "=" + encoded(one.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
