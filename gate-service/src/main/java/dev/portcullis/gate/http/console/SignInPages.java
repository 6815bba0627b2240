package dev.portcullis.gate.http.console;

import dev.portcullis.kit.identity.CallRefusedException;
import dev.portcullis.kit.identity.SignInException;
import dev.portcullis.kit.text.PlainText;
import io.micronaut.http.HttpParameters;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells people why they could not sign in, and what to do. Thread-safe. */
@Singleton
final class SignInPages {
    /** Where the console asks for a token, whoever else people sign in with. */
    static final String WITH_TOKEN = "/console?with=token";

    private static final Pattern CODE = Pattern.compile("[a-z_]{1,40}");
    private static final int LONGEST_DESCRIPTION = 200;
    private static final String[] AGAIN = {"/console/sign-in", "Sign in"};
    private static final String[] TOKEN = {WITH_TOKEN, "Use a token instead"};

    private final ConsolePages pages;

    SignInPages(ConsolePages pages) {
        this.pages = pages;
    }

    HttpResponse<?> notConfigured(HttpRequest<?> request) {
        return pages.fault(
                request,
                HttpStatus.NOT_FOUND,
                "Nobody signs in here",
                "No identity provider is configured for the console; where it has to know people, it asks for a token."
                        + " docs/identity.md says how to change that.");
    }

    HttpResponse<?> signedOut(HttpRequest<?> request) {
        return page(
                request,
                HttpStatus.OK,
                "You are signed out",
                "Your session in the console has ended. Your identity provider may still know you, and let you in again"
                        + " without asking.",
                AGAIN);
    }

    /** The browser has lost, or never had, what the sign-in was begun with. */
    HttpResponse<?> lost(HttpRequest<?> request) {
        return page(
                request,
                HttpStatus.BAD_REQUEST,
                "This sign-in cannot be completed",
                "It was not begun in this browser, or more than " + SignInState.GOOD_FOR.toMinutes()
                        + " minutes ago, or the browser keeps no cookies. Nothing was done; begin anew.",
                AGAIN);
    }

    HttpResponse<?> otherIssuer(HttpRequest<?> request) {
        return page(
                request,
                HttpStatus.BAD_REQUEST,
                "This sign-in cannot be completed",
                "The answer names another identity provider than the one that was asked. Nothing was done; begin anew.",
                AGAIN);
    }

    HttpResponse<?> failed(HttpRequest<?> request, SignInException e) {
        return switch (e.reason()) {
            case ISSUER_UNAVAILABLE ->
                page(
                        request,
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "The identity provider cannot be reached",
                        e.why() + ". Try again in a moment; whoever has a token can go on without it.",
                        AGAIN,
                        TOKEN);
            case CODE_REFUSED ->
                page(
                        request,
                        HttpStatus.BAD_REQUEST,
                        "This sign-in cannot be completed",
                        e.why() + ". Begin anew.",
                        AGAIN);
            case CLIENT_REFUSED ->
                page(
                        request,
                        HttpStatus.BAD_GATEWAY,
                        "The identity provider does not take the console",
                        e.why() + ". An administrator has to look at spec.console.signIn of the Access document.",
                        TOKEN);
            case ANSWER_ILLEGAL ->
                page(
                        request,
                        HttpStatus.BAD_GATEWAY,
                        "The identity provider cannot be understood",
                        e.why() + ". An administrator has to look at it.",
                        TOKEN);
        };
    }

    HttpResponse<?> refused(HttpRequest<?> request, CallRefusedException e) {
        if (e.reason() == CallRefusedException.Reason.ISSUER_UNAVAILABLE) {
            return page(
                    request,
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "The identity provider cannot be reached",
                    PlainText.of(ConsoleRefusals.sentence(e)) + " Try again in a moment.",
                    AGAIN,
                    TOKEN);
        }
        return page(
                request,
                HttpStatus.FORBIDDEN,
                "You are not let in",
                ConsoleRefusals.sentence(e)
                        + " If it is said to have expired, or not to be valid yet, the clock of this server or of the"
                        + " identity provider is off by more than a minute.",
                AGAIN);
    }

    /** What the issuer has sent the browser back with in place of a code (RFC 6749, section 4.1.2.1; OpenID Connect Core 1.0, section 3.1.2.6). */
    HttpResponse<?> denied(HttpRequest<?> request, HttpParameters parameters) {
        var error = Optional.ofNullable(parameters.get("error"))
                .filter(code -> CODE.matcher(code).matches())
                .orElse("an error that is none");
        var said = "The identity provider answered " + error
                + Optional.ofNullable(parameters.get("error_description"))
                        .filter(text -> !text.isBlank())
                        .map(text -> " (" + PlainText.line(text, LONGEST_DESCRIPTION) + ")")
                        .orElse("");
        return switch (error) {
            case "access_denied" ->
                page(
                        request,
                        HttpStatus.FORBIDDEN,
                        "You are not let in",
                        said + ": it was cancelled, or you may not use the console.",
                        AGAIN);
            case "temporarily_unavailable", "server_error" ->
                page(
                        request,
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "The identity provider is not well",
                        said + ". Try again in a moment; whoever has a token can go on without it.",
                        AGAIN,
                        TOKEN);
            case "login_required", "interaction_required", "consent_required", "account_selection_required" ->
                page(request, HttpStatus.BAD_REQUEST, "This sign-in is not complete", said + ". Begin anew.", AGAIN);
            default ->
                page(
                        request,
                        HttpStatus.BAD_GATEWAY,
                        "The identity provider does not take the console",
                        said + ". An administrator has to look at spec.console.signIn of the Access document.",
                        AGAIN,
                        TOKEN);
        };
    }

    HttpResponse<?> formOutOfDate(HttpRequest<?> request) {
        return page(
                request,
                HttpStatus.FORBIDDEN,
                "You are still signed in",
                "The page that the button was on is out of date. Look at it anew, and sign out there.");
    }

    private HttpResponse<?> page(
            HttpRequest<?> request, HttpStatus status, String title, String text, String[]... links) {
        return pages.fault(request, status, title, text, List.of(links));
    }
}
