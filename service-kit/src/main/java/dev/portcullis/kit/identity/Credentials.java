package dev.portcullis.kit.identity;

import dev.portcullis.kit.identity.CallRefusedException.Reason;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a caller shows of himself: the header {@code Authorization}, or a client certificate. Nothing is verified yet; {@link #toString} shows nothing of it. */
public sealed interface Credentials {
    /** A token of the configuration, {@code pct_...}; also as the password of HTTP Basic, for callers that have nothing but an address to put it into. */
    final class StaticToken implements Credentials {
        private final String text;

        StaticToken(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        @Override
        public String toString() {
            return "a token";
        }
    }

    /** Any other bearer token. */
    final class SignedToken implements Credentials {
        private final String text;

        SignedToken(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        @Override
        public String toString() {
            return "a JWT";
        }
    }

    /** A client certificate, of an authority that is trusted, whose key the caller has. */
    final class ClientCertificate implements Credentials {
        private final X509Certificate certificate;

        ClientCertificate(X509Certificate certificate) {
            this.certificate = certificate;
        }

        X509Certificate certificate() {
            return certificate;
        }

        @Override
        public String toString() {
            return "a client certificate";
        }
    }

    /**
     * Reads them. A header says who calls, whoever the connection is from: a proxy may show its own certificate and pass on the tokens of many.
     *
     * @param headers the values of all headers of that name
     * @param certificate that the other end of the connection has shown
     * @throws CallRefusedException when there is neither, more than one header, or one that cannot be read
     */
    static Credentials of(List<String> headers, Optional<X509Certificate> certificate) throws CallRefusedException {
        return headers.isEmpty() && certificate.isPresent() ? new ClientCertificate(certificate.get()) : of(headers);
    }

    /**
     * Reads those of a header.
     *
     * @param headers the values of all headers of that name
     * @throws CallRefusedException when there is none, more than one, or one that cannot be read
     */
    static Credentials of(List<String> headers) throws CallRefusedException {
        if (headers.isEmpty()) {
            throw new CallRefusedException(
                    Reason.CREDENTIALS_MISSING,
                    "this call needs credentials: the header 'Authorization: Bearer TOKEN'; a token in the address is not read");
        }
        if (headers.size() > 1) {
            throw CallRefusedException.credentials("there are " + headers.size() + " of them; send one");
        }
        var header = headers.getFirst().strip();
        var space = header.indexOf(' ');
        var scheme = (space < 0 ? header : header.substring(0, space)).toLowerCase(Locale.ROOT);
        var value = space < 0 ? "" : header.substring(space + 1).strip();
        return switch (scheme) {
            case "bearer" -> token(value);
            case "basic" -> password(value);
            default -> throw CallRefusedException.credentials("they are neither Bearer nor Basic");
        };
    }

    private static Credentials token(String value) throws CallRefusedException {
        if (value.isEmpty()) {
            throw CallRefusedException.credentials("there is no token after Bearer");
        }
        return value.startsWith(TokenText.PREFIX) ? new StaticToken(value) : new SignedToken(value);
    }

    private static Credentials password(String value) throws CallRefusedException {
        try {
            var pair = new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
            var password = pair.substring(pair.indexOf(':') + 1);
            if (password.startsWith(TokenText.PREFIX)) {
                return new StaticToken(password);
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw CallRefusedException.credentials(
                "those of Basic need a token as their password, which begins with " + TokenText.PREFIX);
    }
}
