package dev.portcullis.kit.http;

import dev.portcullis.kit.identity.CallRefusedException;
import dev.portcullis.kit.identity.Caller;
import io.micronaut.http.HttpRequest;
import java.util.Optional;

/** Knows people by the sessions of their browsers, where the request says nothing else of who makes it. Thread-safe. */
public interface RequestSessions {
    /**
     * Whose session a request belongs to. May wait for the database.
     *
     * @return empty when it belongs to none, or none that is still good
     * @throws CallRefusedException when that cannot be told just now
     */
    Optional<Caller> caller(HttpRequest<?> request) throws CallRefusedException;
}
