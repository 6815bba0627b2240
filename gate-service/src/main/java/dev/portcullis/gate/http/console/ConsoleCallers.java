package dev.portcullis.gate.http.console;

import dev.portcullis.gate.console.ConsolePath;
import dev.portcullis.gate.release.StoreUnavailableException;
import dev.portcullis.gate.usecase.KeepSessions;
import dev.portcullis.kit.http.RequestSessions;
import dev.portcullis.kit.identity.CallRefusedException;
import dev.portcullis.kit.identity.Caller;
import dev.portcullis.kit.identity.CallerVerifier;
import dev.portcullis.kit.identity.SignIn;
import io.micronaut.http.BasicHttpAttributes;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Knows people in the console by their sessions, with the roles that they have at that moment. Anywhere else a cookie says nothing: a page of others could have a browser send
 * one to the API. Thread-safe.
 */
@Singleton
final class ConsoleCallers implements RequestSessions {
    private final CallerVerifier verifier;
    private final KeepSessions sessions;

    ConsoleCallers(CallerVerifier verifier, KeepSessions sessions) {
        this.verifier = verifier;
        this.sessions = sessions;
    }

    @Override
    public Optional<Caller> caller(HttpRequest<?> request) throws CallRefusedException {
        var signIn = verifier.signIn().filter(configured -> isOfConsole(request));
        var secret = signIn.flatMap(configured -> SessionCookies.of(configured).session(request));
        return secret.isEmpty() ? Optional.empty() : caller(request, signIn.orElseThrow(), secret.get());
    }

    private static boolean isOfConsole(HttpRequest<?> request) {
        var template = BasicHttpAttributes.getUriTemplate(request).orElse("");
        return template.equals(ConsolePath.ROOT) || template.startsWith(ConsolePath.ROOT + "/");
    }

    private Optional<Caller> caller(HttpRequest<?> request, SignIn signIn, String secret) throws CallRefusedException {
        try {
            var found = sessions.find(secret, signIn, BrowserRequest.isOfPerson(request));
            if (found.isEmpty()) {
                return Optional.empty();
            }
            var caller = verifier.signedIn(found.get().person());
            FormTokens.noteSession(request, secret);
            return Optional.of(caller);
        } catch (StoreUnavailableException e) {
            throw CallRefusedException.unavailable("sessions are in the database, and " + e.getMessage());
        } catch (CallRefusedException e) {
            // A session of before people were to sign in elsewhere is none.
            return Optional.empty();
        }
    }
}
