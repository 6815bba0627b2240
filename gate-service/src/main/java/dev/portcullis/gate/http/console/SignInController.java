package dev.portcullis.gate.http.console;

import dev.portcullis.gate.console.ConsolePath;
import dev.portcullis.gate.session.ConsoleSession;
import dev.portcullis.gate.usecase.KeepSessions;
import dev.portcullis.kit.identity.AuthorizationCodeFlow;
import dev.portcullis.kit.identity.CallRefusedException;
import dev.portcullis.kit.identity.Caller;
import dev.portcullis.kit.identity.CallerVerifier;
import dev.portcullis.kit.identity.IdentityClaims;
import dev.portcullis.kit.identity.RefusedCalls;
import dev.portcullis.kit.identity.SignIn;
import dev.portcullis.kit.identity.SignInException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where people sign in to the console with their identity provider, and out of it. Anybody may ask: who it is shows in the end. Thread-safe. */
@Controller
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class SignInController {
    private static final String SIGN_IN = ConsolePath.ROOT + "/sign-in";
    private static final String CALLBACK = SIGN_IN + "/callback";
    private static final String SIGN_OUT = ConsolePath.ROOT + "/sign-out";
    private static final int SECRET_BYTES = 32;
    private static final Logger LOG = LoggerFactory.getLogger(SignInController.class);

    private final CallerVerifier verifier;
    private final AuthorizationCodeFlow flow;
    private final KeepSessions sessions;
    private final RefusedCalls refused;
    private final ConsolePages pages;
    private final SignInPages signInPages;
    private final FormTokens tokens;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    SignInController(
            CallerVerifier verifier,
            AuthorizationCodeFlow flow,
            KeepSessions sessions,
            RefusedCalls refused,
            ConsolePages pages,
            SignInPages signInPages,
            FormTokens tokens,
            Clock clock) {
        this.verifier = verifier;
        this.flow = flow;
        this.sessions = sessions;
        this.refused = refused;
        this.pages = pages;
        this.signInPages = signInPages;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** The path that leads to the sign-in and from there to a page. */
    static String path(String page) {
        return SIGN_IN + "?to=" + ConsolePath.segment(page);
    }

    @Get(SIGN_IN)
    HttpResponse<?> begin(HttpRequest<?> request) {
        var signIn = verifier.signIn();
        if (signIn.isEmpty()) {
            return signInPages.notConfigured(request);
        }
        var page = BrowserRequest.page(parameter(request, "to"));
        if (isElsewhere(request, signIn.get())) {
            return ConsolePages.seeOther(signIn.get().publicUrl() + path(page) + "&at=public");
        }
        var cookies = SessionCookies.of(signIn.get());
        // The same for all windows of a browser, so that several can sign in at once.
        var secret = cookies.browser(request).orElseGet(this::secret);
        var state = SignInState.begin(secret, signIn.get(), page, clock.instant(), random);
        try {
            var provider = flow.begin(signIn.get(), callback(signIn.get()), state.attempt());
            return ConsolePages.seeOther(provider.toString())
                    .header(HttpHeaders.SET_COOKIE, cookies.setBrowser(secret));
        } catch (SignInException e) {
            return failed(request, e);
        }
    }

    /** The provider sends browsers to the public address, where cookies of another one are not sent. Looked at once, for a proxy may hide by which address they come. */
    private static boolean isElsewhere(HttpRequest<?> request, SignIn signIn) {
        var host =
                Optional.ofNullable(request.getHeaders().get(HttpHeaders.HOST)).orElse("");
        return !host.equalsIgnoreCase(signIn.publicUrl().getRawAuthority())
                && parameter(request, "at").isEmpty();
    }

    @Get(CALLBACK)
    HttpResponse<?> end(HttpRequest<?> request) {
        var signIn = verifier.signIn();
        if (signIn.isEmpty()) {
            return signInPages.notConfigured(request);
        }
        var state = SessionCookies.of(signIn.get())
                .browser(request)
                .flatMap(
                        secret -> SignInState.open(secret, signIn.get(), parameter(request, "state"), clock.instant()));
        return state.isEmpty() ? signInPages.lost(request) : end(request, signIn.get(), state.get());
    }

    private HttpResponse<?> end(HttpRequest<?> request, SignIn signIn, SignInState state) {
        var issuer = parameter(request, "iss");
        if (!issuer.isEmpty() && !issuer.equals(signIn.issuer().issuer().toString())) {
            return signInPages.otherIssuer(request);
        }
        var code = parameter(request, "code");
        if (code.isEmpty()) {
            return signInPages.denied(request, request.getParameters());
        }
        try {
            var person = flow.end(signIn, callback(signIn), state.attempt(), code);
            var caller = verifier.signedIn(person);
            return pages.guarded(request, () -> signedIn(request, signIn, person, caller, state.path()));
        } catch (SignInException e) {
            return failed(request, e);
        } catch (CallRefusedException e) {
            refused.count(e);
            return signInPages.refused(request, e);
        }
    }

    private HttpResponse<?> failed(HttpRequest<?> request, SignInException e) {
        switch (e.reason()) {
            case CLIENT_REFUSED, ANSWER_ILLEGAL -> LOG.warn("nobody can sign in to the console: {}", e.why());
            case ISSUER_UNAVAILABLE, CODE_REFUSED -> {} // told by the flow, or the browser's own business
        }
        return signInPages.failed(request, e);
    }

    /** A session of before in the same browser ends: its secret may be known to whoever has put it there. */
    private HttpResponse<?> signedIn(
            HttpRequest<?> request, SignIn signIn, IdentityClaims person, Caller caller, String path) {
        var cookies = SessionCookies.of(signIn);
        var before = session(request, signIn);
        var secret = sessions.begin(person, caller);
        before.ifPresent(this::end);
        return ConsolePages.seeOther(path).header(HttpHeaders.SET_COOKIE, cookies.setSession(secret));
    }

    private Optional<ConsoleSession> session(HttpRequest<?> request, SignIn signIn) {
        return SessionCookies.of(signIn).session(request).flatMap(secret -> sessions.find(secret, signIn, false));
    }

    private void end(ConsoleSession session) {
        sessions.end(session, known(session.person()));
    }

    /** Also when people have come to sign in elsewhere since. */
    private Caller known(IdentityClaims person) {
        try {
            return verifier.signedIn(person);
        } catch (CallRefusedException e) {
            return new Caller(Caller.Kind.JWT, person.issuer(), person.subject(), person.subject(), List.of());
        }
    }

    @Post(SIGN_OUT)
    @Consumes(MediaType.ALL)
    HttpResponse<?> signOut(HttpRequest<byte[]> request) {
        var signIn = verifier.signIn();
        var secret = signIn.flatMap(configured -> SessionCookies.of(configured).session(request));
        if (secret.isEmpty()) {
            return ConsolePages.seeOther(SIGN_OUT);
        }
        return pages.guarded(request, () -> {
            FormTokens.noteSession(request, secret.get());
            if (!tokens.isOf(request, FormFields.of(request).get("token"))) {
                return signInPages.formOutOfDate(request);
            }
            session(request, signIn.get()).ifPresent(this::end);
            return ConsolePages.seeOther(SIGN_OUT)
                    .header(
                            HttpHeaders.SET_COOKIE,
                            SessionCookies.of(signIn.get()).dropSession());
        });
    }

    /** Not the first page, which would lead to the provider, and with it back in again. */
    @Get(SIGN_OUT)
    HttpResponse<?> signedOut(HttpRequest<?> request) {
        return verifier.signIn().isEmpty() ? signInPages.notConfigured(request) : signInPages.signedOut(request);
    }

    private static URI callback(SignIn signIn) {
        return URI.create(signIn.publicUrl() + CALLBACK);
    }

    private static String parameter(HttpRequest<?> request, String name) {
        return Optional.ofNullable(request.getParameters().get(name)).orElse("");
    }

    private String secret() {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
