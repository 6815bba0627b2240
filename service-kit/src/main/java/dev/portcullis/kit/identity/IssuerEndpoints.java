package dev.portcullis.kit.identity;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** The port to where issuers give tokens for codes (RFC 6749, section 3.2), and tell more of whom a token is of (OpenID Connect Core 1.0, section 5.3). Thread-safe. */
public interface IssuerEndpoints {
    /**
     * Sends a request. What is sent and what comes back are secrets.
     *
     * @param form as {@code application/x-www-form-urlencoded}, which is posted; empty to get something
     * @param authorization the header of that name; empty for none
     * @throws IOException when there is no answer; its message says why in a line. Any status is an answer
     */
    Answer send(AccessRules.Issuer issuer, URI address, Optional<String> form, Optional<String> authorization)
            throws IOException;

    /** An answer. */
    record Answer(int status, String body) {
        @Override
        public String toString() {
            return "status " + status;
        }
    }
}
