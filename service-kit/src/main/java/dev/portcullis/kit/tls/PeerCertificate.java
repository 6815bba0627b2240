package dev.portcullis.kit.tls;

import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** The certificate that the other end of a connection has shown, of an authority that is trusted, with the proof that it has the key. Stateless. */
public final class PeerCertificate {
    private PeerCertificate() {}

    /** That of a session; empty when there was none, and for a connection without TLS. */
    public static Optional<X509Certificate> of(@Nullable SSLSession session) {
        if (session == null) {
            return Optional.empty();
        }
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate shown
                    ? Optional.of(shown)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }
}
