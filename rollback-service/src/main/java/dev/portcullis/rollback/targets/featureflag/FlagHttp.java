package dev.portcullis.rollback.targets.featureflag;

import dev.portcullis.kit.http.HttpCallException;
import dev.portcullis.kit.http.RetryAfter;
import dev.portcullis.kit.http.TracedHttpClient;
import dev.portcullis.rollback.exchange.ExchangeKeys;
import dev.portcullis.rollback.exchange.ResponseRedactor;
import dev.portcullis.rollback.exchange.TokenException;
import dev.portcullis.rollback.exchange.TokenSource;
import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.TargetSettings;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/**
 * The way to a provider behind HTTP. Thread-safe.
 *
 * @param http the client
 * @param environment where tokens named by {@code tokenEnv} are looked up
 * @param clock tells how long it is until a moment
 * @param scheme what stands before the token in the header, as {@code "Bearer "}
 */
record FlagHttp(TracedHttpClient http, Map<String, String> environment, Clock clock, String scheme) {
    private static final int TOO_MANY = 429;

    /**
     * Looks.
     *
     * @throws FlagFault for anything but an answer of status 200
     */
    FlagResponse look(String service, TargetSettings settings, HttpRequest.Builder request) throws FlagFault {
        try {
            return send(service, settings, request).read();
        } catch (HttpCallException e) {
            var kind = mayHaveArrived(e.kind()) ? FlagFault.Kind.PASSING : FlagFault.Kind.UNREACHED;
            throw new FlagFault(kind, method(request) + e.getMessage());
        } catch (TokenException e) {
            throw new FlagFault(FlagFault.Kind.PASSING, e.fault());
        }
    }

    /** Changes something; {@code meaning} says what an answer means. */
    ApplyResult change(
            String service,
            TargetSettings settings,
            HttpRequest.Builder request,
            Function<FlagResponse, ApplyResult> meaning) {
        try {
            return meaning.apply(send(service, settings, request));
        } catch (HttpCallException e) {
            var arrived = mayHaveArrived(e.kind());
            return new ApplyResult.Again(method(request) + e.getMessage(), Duration.ZERO, arrived, !arrived);
        } catch (TokenException e) {
            return new ApplyResult.Again(e.fault(), Duration.ZERO, false);
        }
    }

    private static boolean mayHaveArrived(HttpCallException.Kind kind) {
        return switch (kind) {
            case CONNECT, BREAKER_OPEN -> false;
            case TLS, TOO_LARGE, TIMEOUT, BROKEN -> true;
        };
    }

    private FlagResponse send(String service, TargetSettings settings, HttpRequest.Builder request)
            throws HttpCallException, TokenException {
        var token = TokenSource.of(settings).read(environment);
        request.setHeader("Accept", "application/json");
        token.ifPresent(secret -> request.setHeader("Authorization", scheme + secret));
        var limit = Duration.parse(settings.required(ExchangeKeys.TIMEOUT));
        var response = http.send("feature-flag:" + service, request, limit);
        var call = method(request) + ResponseRedactor.address(response.uri());
        return new FlagResponse(
                call,
                response.statusCode(),
                response.headers(),
                response.body(),
                new ResponseRedactor(token),
                pause(response));
    }

    private static String method(HttpRequest.Builder request) {
        return request.copy().build().method() + " ";
    }

    /** The longer of what the two headers say; LaunchDarkly sends the end of the window with every answer, and it counts when it is used up. */
    private Duration pause(HttpResponse<String> response) {
        var now = clock.instant();
        var headers = response.headers();
        var after = RetryAfter.parse(headers.firstValue("Retry-After").orElse(""), now);
        var window = RetryAfter.until(headers.firstValue("X-Ratelimit-Reset").orElse(""), now);
        return response.statusCode() == TOO_MANY && window.compareTo(after) > 0 ? window : after;
    }

    /** The curl option that sends the token without showing it; empty, or with a space behind. */
    String curlToken(TargetSettings settings) {
        return TokenSource.of(settings).curlOption(scheme);
    }
}
