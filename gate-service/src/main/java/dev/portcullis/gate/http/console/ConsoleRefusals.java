package dev.portcullis.gate.http.console;

import dev.portcullis.gate.console.ConsolePath;
import dev.portcullis.kit.http.RefusalPages;
import dev.portcullis.kit.identity.CallRefusedException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;

/** Tells people in the console why they may not see or do something. Thread-safe. */
@Singleton
final class ConsoleRefusals implements RefusalPages {
    private final ConsolePages pages;

    ConsoleRefusals(ConsolePages pages) {
        this.pages = pages;
    }

    @Override
    public boolean concerns(HttpRequest<?> request) {
        var path = request.getPath();
        return path.equals(ConsolePath.ROOT) || path.startsWith(ConsolePath.ROOT + "/");
    }

    @Override
    public Page page(HttpRequest<?> request, HttpStatus status, CallRefusedException refusal) {
        return switch (refusal.reason()) {
            case CREDENTIALS_MISSING ->
                pages.refusal(
                        request,
                        "Who are you?",
                        "This console shows releases to people it knows. Your browser asks for a name and a password: any name will do, and the password is your token, which begins with pct_.");
            case CREDENTIALS_REFUSED, ISSUER_UNAVAILABLE ->
                pages.refusal(request, "You are not let in", sentence(refusal));
            case ROLE_MISSING -> pages.refusal(request, "You may not do that", sentence(refusal));
            case TOO_MANY_CALLS -> pages.refusal(request, "That was too often", sentence(refusal));
        };
    }

    private static String sentence(CallRefusedException refusal) {
        var why = refusal.why();
        return Character.toUpperCase(why.charAt(0)) + why.substring(1) + ".";
    }
}
