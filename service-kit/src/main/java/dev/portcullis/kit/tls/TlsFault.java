package dev.portcullis.kit.tls;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXReason;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Why no secure connection came about, in plain words: the runtime's own lead through three libraries. */
public final class TlsFault {
    /** Of an authority that has the same name as a trusted one, the signature is wrong or the key another. */
    private static final Set<CertPathValidatorException.Reason> UNTRUSTED =
            Set.of(PKIXReason.NO_TRUST_ANCHOR, BasicReason.INVALID_SIGNATURE);

    private static final String REFUSED = "the server refuses the client certificate: ";

    /** Names of alerts (RFC 8446, section 6), as the runtime writes them. */
    private static final Map<String, String> ALERTS = Map.of(
            "certificate_expired", REFUSED + "it has expired",
            "unknown_ca", REFUSED + "it is signed by no authority that the server trusts",
            "certificate_unknown",
                    REFUSED + "it has expired, is signed by no authority that the server trusts, or cannot be used",
            "bad_certificate", REFUSED + "it is broken, or is needed and not shown",
            "certificate_required", "the server wants a client certificate");

    private TlsFault() {}

    /** That of a handshake, in a line without a full stop. */
    public static String of(SSLException fault) {
        return causes(fault)
                .flatMap(cause -> known(cause).stream())
                .findFirst()
                .orElseGet(() -> "no secure connection (" + fault.getMessage() + ")");
    }

    /** Why the certificate of a client is refused, likewise. */
    static String ofClient(CertificateException fault) {
        return causes(fault)
                .flatMap(cause -> verified(cause, "a client's certificate").stream())
                .findFirst()
                .orElseGet(() -> "a client's certificate cannot be used (" + fault.getMessage() + ")");
    }

    private static Stream<Throwable> causes(Throwable fault) {
        return Stream.iterate(fault, cause -> cause != null, Throwable::getCause);
    }

    private static Optional<String> known(Throwable cause) {
        return verified(cause, "the server's certificate").or(() -> {
            if (cause instanceof CertificateException && cause.getCause() == null) {
                return Optional.of("the server's certificate is not for this host (" + cause.getMessage() + ")");
            }
            return cause instanceof SSLException alert ? told(String.valueOf(alert.getMessage())) : Optional.empty();
        });
    }

    private static Optional<String> verified(Throwable cause, String certificate) {
        if (cause instanceof CertificateExpiredException) {
            return Optional.of(certificate + " has expired (" + cause.getMessage() + ")");
        }
        if (cause instanceof CertificateNotYetValidException) {
            return Optional.of(certificate + " is not valid yet (" + cause.getMessage() + ")");
        }
        return cause instanceof CertPathBuilderException
                        || (cause instanceof CertPathValidatorException path && UNTRUSTED.contains(path.getReason()))
                ? Optional.of(certificate + " is signed by no authority that is trusted here")
                : Optional.empty();
    }

    /** What the other side says of the certificate that this one shows, or does not show. */
    private static Optional<String> told(String alert) {
        return ALERTS.entrySet().stream()
                .filter(known -> alert.endsWith("alert: " + known.getKey()))
                .findFirst()
                .map(known -> known.getValue() + " (alert " + known.getKey() + ")");
    }
}
