package dev.portcullis.kit.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.portcullis.kit.identity.AuthorizationCodeFlow.Attempt;
import dev.portcullis.kit.identity.SignInException.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sign-in asks of its issuer, and whom it takes a person for by the answer. */
final class AuthorizationCodeFlowTest extends CallerVerifierSetup {
    private static final URI BACK = URI.create("https://gate.example/console/sign-in/callback");
    /** RFC 7636, appendix B. */
    private static final Attempt ATTEMPT =
            new Attempt("the state", "the nonce", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");

    private final AuthorizationCodeFlow flow =
            new AuthorizationCodeFlow(verifier, this::document, this::token, () -> nanos);
    private String endpoints = "\"authorization_endpoint\":\"https://idp.example/authorize\","
            + "\"token_endpoint\":\"https://idp.example/token\"";
    private String form = "";
    private Optional<String> header = Optional.empty();
    private Optional<IssuerEndpoints.Answer> answer = Optional.empty();
    private UnaryOperator<JWTClaimsSet.Builder> change = claims -> claims;
    private int documents;
    private boolean userInfo;
    private IssuerEndpoints.Answer more = new IssuerEndpoints.Answer(200, "{}");

    @BeforeEach
    void signInWithTheIssuer() {
        use(Optional.empty());
    }

    private void use(Optional<Path> secret) {
        var signIn = new SignIn(
                rules.issuers().getFirst(),
                "the console",
                secret,
                URI.create("https://gate.example"),
                List.of("openid", "email"),
                userInfo,
                Duration.ofHours(8),
                Duration.ofHours(1));
        rules = new AccessRules(true, List.of(), rules.issuers(), List.of(), Optional.of(signIn));
    }

    private String document(AccessRules.Issuer issuer, URI address) throws IOException {
        documents++;
        if (away) {
            throw new IOException("connection refused");
        }
        return IDP.discovery().replaceFirst("}$", "," + endpoints + "}");
    }

    private IssuerEndpoints.Answer token(
            AccessRules.Issuer issuer, URI address, Optional<String> sent, Optional<String> authorization) {
        if (address.getPath().equals("/more")) {
            assertEquals(Optional.empty(), sent);
            assertEquals(Optional.of("Bearer opaque"), authorization);
            return more;
        }
        assertEquals("https://idp.example/token", address.toString());
        form = sent.orElseThrow();
        header = authorization;
        return answer.orElseGet(() -> new IssuerEndpoints.Answer(
                200,
                "{\"access_token\":\"opaque\",\"id_token\":\""
                        + IDP.token(
                                "ann",
                                NOW,
                                claims -> change.apply(
                                        claims.audience("the console").claim("nonce", "the nonce")))
                        + "\"}"));
    }

    private SignIn signIn() {
        return verifier.signIn().orElseThrow();
    }

    private IdentityClaims end() throws SignInException, CallRefusedException {
        return flow.end(signIn(), BACK, ATTEMPT, "the+code");
    }

    private SignInException failure(Reason reason) {
        var failed = assertThrows(SignInException.class, this::end);
        assertEquals(reason, failed.reason(), failed.why());
        return failed;
    }

    @Test
    void aBrowserIsSentWithAllThatTheStandardsAskFor() throws SignInException {
        assertEquals(
                "https://idp.example/authorize?response_type=code&client_id=the+console"
                        + "&redirect_uri=https%3A%2F%2Fgate.example%2Fconsole%2Fsign-in%2Fcallback&scope=openid+email"
                        + "&state=the+state&nonce=the+nonce"
                        + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256",
                flow.begin(signIn(), BACK, ATTEMPT).toString());
    }

    @Test
    void aClientWithoutASecretNamesItself() throws Exception {
        end();
        assertEquals(
                "grant_type=authorization_code&code=the%2Bcode"
                        + "&redirect_uri=https%3A%2F%2Fgate.example%2Fconsole%2Fsign-in%2Fcallback"
                        + "&code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk&client_id=the+console",
                form);
        assertEquals(Optional.empty(), header);
    }

    @Test
    void aSecretGoesIntoTheHeaderOrIntoTheFormWhereThatAloneIsTaken(@TempDir Path folder) throws Exception {
        use(Optional.of(Files.writeString(folder.resolve("secret"), "a:b%\n")));
        end();
        assertEquals(Optional.of("Basic dGhlK2NvbnNvbGU6YSUzQWIlMjU="), header);
        assertFalse(form.contains("client"), form);
        endpoints += ",\"token_endpoint_auth_methods_supported\":[\"private_key_jwt\",\"client_secret_post\"]";
        nanos += Duration.ofMinutes(10).toNanos();
        end();
        assertEquals(Optional.empty(), header);
        assertTrue(form.endsWith("&client_id=the+console&client_secret=a%3Ab%25"), form);
    }

    @Test
    void whatTheIssuerSaysIsKeptAndReadByTheRulesOfTheMoment() throws Exception {
        var ann = end();
        assertEquals(ADDRESS, ann.issuer());
        assertEquals("ann", ann.subject());
        assertFalse(ann.claims().contains("nonce"), ann.claims());
        assertFalse(ann.toString().contains("shop/checkout"), "claims are nobody's business");
        assertTrue(verifier.signedIn(ann).may(Role.DEPLOYER, "checkout"));
        assertEquals(Caller.Kind.JWT, verifier.signedIn(ann).kind());
        rules = new AccessRules(true, List.of(), rules.issuers(), List.of());
        assertThrows(CallRefusedException.class, () -> verifier.signedIn(ann));
        rules = new AccessRules(
                true, List.of(), List.of(), List.of(), Optional.of(other("the console", "https://stranger.example")));
        assertThrows(CallRefusedException.class, () -> verifier.signedIn(ann));
        rules = new AccessRules(true, List.of(), List.of(), List.of(), Optional.of(other("another", ADDRESS)));
        assertThrows(CallRefusedException.class, () -> verifier.signedIn(ann));
    }

    private static SignIn other(String client, String issuer) {
        return new SignIn(
                new AccessRules.Issuer(
                        URI.create(issuer),
                        "portcullis",
                        Optional.empty(),
                        Optional.empty(),
                        "sub",
                        "groups",
                        Duration.ofSeconds(30),
                        List.of()),
                client,
                Optional.empty(),
                URI.create("https://gate.example"),
                List.of("openid"),
                false,
                Duration.ofHours(8),
                Duration.ofHours(1));
    }

    @Test
    void whatTheIssuerDoesNotSayInTheIdTokenIsAskedForWhereThatIsWanted() throws Exception {
        endpoints += ",\"userinfo_endpoint\":\"https://idp.example/more\"";
        userInfo = true;
        use(Optional.empty());
        more = new IssuerEndpoints.Answer(
                200, "{\"sub\":\"ann\",\"aud\":\"another\",\"repository\":\"x\",\"email\":\"ann@shop.example\"}");
        var caller = verifier.signedIn(end());
        assertEquals("ann@shop.example", caller.name());
        assertTrue(caller.may(Role.DEPLOYER, "checkout"), "what the ID token says counts");
        for (var none : List.of("{\"sub\":\"bob\"}", "{}", "[]", "x")) {
            more = new IssuerEndpoints.Answer(200, none);
            assertThrows(CallRefusedException.class, this::end, none);
        }
        more = new IssuerEndpoints.Answer(401, "");
        failure(Reason.ANSWER_ILLEGAL);
        more = new IssuerEndpoints.Answer(503, "");
        failure(Reason.ISSUER_UNAVAILABLE);
        answer = Optional.of(new IssuerEndpoints.Answer(
                200,
                "{\"id_token\":\""
                        + IDP.token("ann", NOW, claims -> claims.audience("the console")
                                .claim("nonce", "the nonce")) + "\"}"));
        assertTrue(failure(Reason.ANSWER_ILLEGAL).why().contains("no legal access_token"));
    }

    @Test
    void anIdTokenOfAnotherSignInIsNotTaken() {
        change = claims -> claims.claim("nonce", "another");
        assertTrue(assertThrows(CallRefusedException.class, this::end).why().contains("nonce"));
        // What a program may show is no sign-in, whoever has signed it.
        answer = Optional.of(
                new IssuerEndpoints.Answer(200, "{\"id_token\":\"" + IDP.typed("ann", NOW, "at+jwt") + "\"}"));
        assertTrue(assertThrows(CallRefusedException.class, this::end).why().contains("type"));
        for (var forged : List.of(IDP.unsigned("ann", NOW), IDP.confused("ann", NOW))) {
            answer = Optional.of(new IssuerEndpoints.Answer(200, "{\"id_token\":\"" + forged + "\"}"));
            assertThrows(CallRefusedException.class, this::end);
        }
    }

    /** The token of a sign-in is for the console, and not for the API. */
    @Test
    void anIdTokenIsNoCredential() {
        assertTrue(refusal(IDP.forAudience("ann", NOW, "the console")).contains("audience"));
    }

    @Test
    void theDiscoveryDocumentIsAskedForEveryTenMinutesAndGoesOnWhileTheIssuerIsAway() throws Exception {
        away = true;
        assertTrue(failure(Reason.ISSUER_UNAVAILABLE).why().contains("connection refused"));
        away = false;
        flow.begin(signIn(), BACK, ATTEMPT);
        var asked = documents;
        flow.begin(signIn(), BACK, ATTEMPT);
        assertEquals(asked, documents);
        away = true;
        nanos += Duration.ofMinutes(10).toNanos();
        flow.begin(signIn(), BACK, ATTEMPT);
        assertEquals(asked + 1, documents);
    }

    @Test
    void anIssuerWithoutAnEndpointIsSaidToBeNone() {
        endpoints = "\"authorization_endpoint\":\"http://idp.example/authorize\"";
        assertTrue(failure(Reason.ANSWER_ILLEGAL).why().contains("names no legal token_endpoint"));
        var failed = assertThrows(SignInException.class, () -> flow.begin(signIn(), BACK, ATTEMPT));
        assertTrue(failed.why().contains("names no legal authorization_endpoint"), failed.why());
    }

    @Test
    void whatTheIssuerRefusesIsToldByTheCodesOfTheStandardAlone() {
        answer = Optional.of(new IssuerEndpoints.Answer(
                400, "{\"error\":\"invalid_grant\",\"error_description\":\"secret words\"}"));
        assertFalse(failure(Reason.CODE_REFUSED).why().contains("secret words"));
        answer = Optional.of(new IssuerEndpoints.Answer(401, "{\"error\":\"invalid_client\"}"));
        assertTrue(failure(Reason.CLIENT_REFUSED).why().contains("'the console'"));
        answer = Optional.of(new IssuerEndpoints.Answer(400, "secret words"));
        assertFalse(failure(Reason.ANSWER_ILLEGAL).why().contains("secret words"));
        answer = Optional.of(new IssuerEndpoints.Answer(503, ""));
        failure(Reason.ISSUER_UNAVAILABLE);
        answer = Optional.of(new IssuerEndpoints.Answer(200, "[]"));
        failure(Reason.ANSWER_ILLEGAL);
    }
}
