package dev.portcullis.kit.http;

import dev.portcullis.kit.identity.CallRates;
import dev.portcullis.kit.identity.CallRefusedException;
import dev.portcullis.kit.identity.Caller;
import dev.portcullis.kit.identity.CallerVerifier;
import dev.portcullis.kit.identity.Credentials;
import dev.portcullis.kit.identity.RefusedCalls;
import dev.portcullis.kit.identity.Requirement;
import dev.portcullis.kit.identity.Role;
import dev.portcullis.kit.rpc.RequestSource;
import dev.portcullis.kit.tls.PeerCertificate;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.BasicHttpAttributes;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.body.ByteBody.SplitBackpressureMode;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Lets those requests through whose callers are known and may make them, before a controller sees anything of them. What may wait, for the keys of an issuer or the look for
 * an object, does so on a thread of its own and not on that of the connection. Thread-safe.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class KnownRequestCallers {
    /** The page at / tells what is in the documentation. Whoever looks whether a service is up, as a kubelet, has no credentials; the details of its health are for those who have. */
    private static final HttpAccess EVERYWHERE = HttpAccess.NONE
            .withOpen(HttpMethod.GET, FrontPage.PATH)
            .withOpen(HttpMethod.GET, "/health/{selector}")
            .with(HttpMethod.GET, "/health", request -> Optional.of(Requirement.somewhere(Role.VIEWER)))
            .with(HttpMethod.GET, "/prometheus", request -> Optional.of(Requirement.somewhere(Role.VIEWER)));

    private static final String RETRY_SECONDS = "5";

    private static final CompletableFuture<Optional<HttpResponse<?>>> GOES_ON =
            CompletableFuture.completedFuture(Optional.empty());

    private static final Executor WAITING =
            work -> Thread.ofVirtual().name("known-request-callers").start(work);

    private final CallerVerifier verifier;
    private final HttpAccess access;
    private final RefusedCalls refused;
    private final CallRates rates;
    private final List<RefusalPages> pages;
    private final List<RequestSessions> sessions;

    KnownRequestCallers(
            CallerVerifier verifier,
            List<HttpAccess> access,
            RefusedCalls refused,
            CallRates rates,
            List<RefusalPages> pages,
            List<RequestSessions> sessions) {
        this.pages = List.copyOf(pages);
        this.sessions = List.copyOf(sessions);
        this.verifier = verifier;
        this.access = access.stream().reduce(EVERYWHERE, HttpAccess::and);
        this.refused = refused;
        this.rates = rates;
    }

    /** The refusal, at once or later; empty for a request that goes on. */
    @RequestFilter
    CompletableFuture<Optional<HttpResponse<?>>> check(HttpRequest<?> request) {
        var template = BasicHttpAttributes.getUriTemplate(request);
        // Where nothing is, there is nothing to protect, and the answer says so.
        if (!verifier.isRequired() || template.isEmpty()) {
            return GOES_ON;
        }
        var row = access.of(method(request), template.get());
        if (row.isPresent() && row.get() instanceof HttpAccess.Row.Open) {
            return GOES_ON;
        }
        // Taken here, for it belongs to the thread of the connection; waited for elsewhere.
        var body = row.isPresent() && row.get() instanceof HttpAccess.Row.ByBody
                ? body(request)
                : CompletableFuture.completedFuture(new byte[0]);
        var certificate = PeerCertificate.of(request.getSslSession().orElse(null));
        return CompletableFuture.supplyAsync(() -> refusal(request, row, certificate, body), WAITING);
    }

    /** HEAD is answered where GET is. */
    private static String method(HttpRequest<?> request) {
        return request.getMethod() == HttpMethod.HEAD ? HttpMethod.GET.name() : request.getMethodName();
    }

    /** A copy of it: the controller reads it too. */
    private static CompletableFuture<byte[]> body(HttpRequest<?> request) {
        if (!(request instanceof ServerHttpRequest<?> served)) {
            throw new IllegalArgumentException("a request of another server: " + request.getClass());
        }
        return served.byteBody().split(SplitBackpressureMode.FASTEST).buffer().thenApply(bytes -> {
            try (bytes) {
                return bytes.toByteArray();
            }
        });
    }

    private Optional<HttpResponse<?>> refusal(
            HttpRequest<?> request,
            Optional<HttpAccess.Row> row,
            Optional<X509Certificate> certificate,
            CompletableFuture<byte[]> body) {
        try {
            var caller = caller(request, certificate);
            RequestCaller.note(request, caller);
            count(request, caller);
            var needed = row.isEmpty() ? Optional.of(Requirement.NEVER) : needed(request, row.get(), body);
            if (needed.isPresent()) {
                needed.get().check(caller);
            }
            return Optional.empty();
        } catch (CallRefusedException e) {
            ServerTracing.source(request).context().run(() -> refused.count(e));
            return Optional.of(shown(request, e));
        }
    }

    /** A header says who calls, whatever session the browser has beside it; and a session does before the certificate, which may be that of a proxy. */
    private Caller caller(HttpRequest<?> request, Optional<X509Certificate> certificate) throws CallRefusedException {
        var headers = request.getHeaders().getAll(HttpHeaders.AUTHORIZATION);
        if (headers.isEmpty()) {
            for (var kept : sessions) {
                var person = kept.caller(request);
                if (person.isPresent()) {
                    return person.get();
                }
            }
        }
        try {
            return verifier.verify(Credentials.of(headers, certificate));
        } catch (CallRefusedException e) {
            rates.countRefused(RequestSource.address(request.getRemoteAddress()));
            throw e;
        }
    }

    private void count(HttpRequest<?> request, Caller caller) throws CallRefusedException {
        try {
            rates.count(caller);
        } catch (CallRefusedException e) {
            var template = BasicHttpAttributes.getUriTemplate(request).orElse("");
            if (!access.holds(method(request), template)) {
                throw e;
            }
            refused.count(e);
            TooManyCalls.note(request);
        }
    }

    private static Optional<Requirement> needed(
            HttpRequest<?> request, HttpAccess.Row row, CompletableFuture<byte[]> body) {
        return switch (row) {
            case HttpAccess.Row.Open open -> Optional.empty();
            case HttpAccess.Row.ByHead head -> head.needed().apply(request);
            case HttpAccess.Row.ByBody whole -> Optional.of(whole.needed().apply(request, body.join()));
        };
    }

    /** A browser gets a page, and is asked for a token as the password of HTTP Basic, which people can type. */
    private HttpResponse<?> shown(HttpRequest<?> request, CallRefusedException refusal) {
        var response = response(refusal);
        for (var served : pages) {
            if (served.concerns(request)) {
                var elsewhere = served.signIn(request);
                if (elsewhere.isPresent() && response.getStatus() == HttpStatus.UNAUTHORIZED) {
                    return HttpResponse.status(HttpStatus.SEE_OTHER).header(HttpHeaders.LOCATION, elsewhere.get());
                }
                var page = served.page(request, response.getStatus(), refusal);
                page.headers().forEach(response::header);
                if (response.getStatus() == HttpStatus.UNAUTHORIZED && page.asksForToken()) {
                    response.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"portcullis\", charset=\"UTF-8\"");
                }
                return response.body(page.body()).contentType(MediaType.TEXT_HTML_TYPE);
            }
        }
        return response;
    }

    private static MutableHttpResponse<?> response(CallRefusedException refusal) {
        var field = refusal.reason() == CallRefusedException.Reason.TOO_MANY_CALLS ? "request" : "Authorization";
        var body = new ErrorBody(field, refusal.why());
        MutableHttpResponse<?> response =
                switch (refusal.reason()) {
                    case CREDENTIALS_MISSING ->
                        HttpResponse.status(HttpStatus.UNAUTHORIZED)
                                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"portcullis\"");
                    case CREDENTIALS_REFUSED ->
                        HttpResponse.status(HttpStatus.UNAUTHORIZED)
                                .header(
                                        HttpHeaders.WWW_AUTHENTICATE,
                                        "Bearer realm=\"portcullis\", error=\"invalid_token\"");
                    case ROLE_MISSING -> HttpResponse.status(HttpStatus.FORBIDDEN);
                    case ISSUER_UNAVAILABLE ->
                        HttpResponse.status(HttpStatus.SERVICE_UNAVAILABLE)
                                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
                    case TOO_MANY_CALLS ->
                        HttpResponse.status(HttpStatus.TOO_MANY_REQUESTS)
                                .header(HttpHeaders.RETRY_AFTER, String.valueOf(CallRates.PAUSE.toSeconds()));
                };
        return response.body(body).contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
