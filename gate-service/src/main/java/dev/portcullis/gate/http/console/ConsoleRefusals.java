package dev.portcullis.gate.http.console;

import dev.portcullis.gate.console.ConsolePath;
import dev.portcullis.kit.http.RefusalPages;
import dev.portcullis.kit.identity.CallRefusedException;
import dev.portcullis.kit.identity.CallerVerifier;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Tells people in the console why they may not see or do something. Thread-safe. */
@Singleton
final class ConsoleRefusals implements RefusalPages {
    private final ConsolePages pages;
    private final CallerVerifier verifier;

    ConsoleRefusals(ConsolePages pages, CallerVerifier verifier) {
        this.pages = pages;
        this.verifier = verifier;
    }

    @Override
    public boolean concerns(HttpRequest<?> request) {
        var path = request.getPath();
        return path.equals(ConsolePath.ROOT) || path.startsWith(ConsolePath.ROOT + "/");
    }

    /** Only whoever looks at a page: a form would be lost, and a script cannot follow. Nor whoever has shown something that proves nothing, for he would show it again. */
    @Override
    public Optional<String> signIn(HttpRequest<?> request) {
        return asksForToken(request)
                        || request.getHeaders().contains(HttpHeaders.AUTHORIZATION)
                        || !BrowserRequest.isNavigation(request)
                ? Optional.empty()
                : Optional.of(SignInController.path(BrowserRequest.page(request)));
    }

    /** Where nobody signs in, and where somebody says that he has a token, as when the provider is away. */
    private boolean asksForToken(HttpRequest<?> request) {
        return verifier.signIn().isEmpty()
                || request.getHeaders().contains(HttpHeaders.AUTHORIZATION)
                || SignInPages.WITH_TOKEN.equals(request.getUri().toString());
    }

    @Override
    public Page page(HttpRequest<?> request, HttpStatus status, CallRefusedException refusal) {
        return switch (refusal.reason()) {
            case CREDENTIALS_MISSING -> asksForToken(request) ? nobody(request) : signedOut(request);
            case CREDENTIALS_REFUSED ->
                pages.refusal(request, "You are not let in", sentence(refusal), List.of(), asksForToken(request));
            case ISSUER_UNAVAILABLE ->
                pages.refusal(
                        request,
                        "You cannot be recognized just now",
                        sentence(refusal) + " Nothing was done; try again in a moment.",
                        List.of(),
                        false);
            case ROLE_MISSING -> pages.refusal(request, "You may not do that", sentence(refusal), List.of(), false);
            case TOO_MANY_CALLS -> pages.refusal(request, "That was too often", sentence(refusal), List.of(), false);
        };
    }

    private Page nobody(HttpRequest<?> request) {
        return pages.refusal(
                request,
                "Who are you?",
                "This console shows releases to people it knows. Your browser asks for a name and a password: any name will do, and the password is your token, which begins with pct_.",
                List.of(),
                true);
    }

    /** A script hears it, or whoever has sent a form. */
    private Page signedOut(HttpRequest<?> request) {
        var before = BrowserRequest.pageBefore(request);
        return pages.refusal(
                request,
                "You are not signed in",
                "Your session has ended, or there was none, so nothing was done. What you have written is still on the page before this one: sign in, go back, and look at the page anew before you send it again.",
                List.<String[]>of(new String[] {SignInController.path(before), "Sign in"}),
                false);
    }

    static String sentence(CallRefusedException refusal) {
        var why = refusal.why();
        return Character.toUpperCase(why.charAt(0)) + why.substring(1) + ".";
    }
}
