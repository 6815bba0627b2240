package dev.portcullis.analysis.source;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** How a request shows who asks. Holds where the secret is, never the secret. */
public sealed interface Credentials {
    /** The header {@code Authorization} of one request, and what of it may be shown nowhere. */
    record Authorization(String value, List<String> secrets) {
        @Override
        public String toString() {
            return "Authorization[hidden]";
        }
    }

    /**
     * The header for a request that is made now.
     *
     * @param environment where variables are looked for
     * @throws SecretException when the secret cannot be read
     */
    Authorization authorization(Map<String, String> environment) throws SecretException;

    /** A token. */
    record Bearer(SecretPlace token) implements Credentials {
        @Override
        public Authorization authorization(Map<String, String> environment) throws SecretException {
            String read = token.read(environment);
            return new Authorization("Bearer " + read, List.of(read));
        }
    }

    /** A name and a password. */
    record Basic(String username, SecretPlace password) implements Credentials {
        @Override
        public Authorization authorization(Map<String, String> environment) throws SecretException {
            String read = password.readPassword(environment);
            String pair = Base64.getEncoder().encodeToString((username + ":" + read).getBytes(StandardCharsets.UTF_8));
            return new Authorization("Basic " + pair, List.of(pair, read));
        }
    }
}
