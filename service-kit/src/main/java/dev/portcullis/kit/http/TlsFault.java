package dev.portcullis.kit.http;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXReason;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Why no secure connection came about, in plain words: the runtime's own lead through three libraries. */
final class TlsFault {
    /** Of an authority that has the same name as a trusted one, the signature is wrong or the key another. */
    private static final Set<CertPathValidatorException.Reason> UNTRUSTED =
            Set.of(PKIXReason.NO_TRUST_ANCHOR, BasicReason.INVALID_SIGNATURE);

    private TlsFault() {}

    static String of(SSLException fault) {
        return Stream.<Throwable>iterate(fault, cause -> cause != null, Throwable::getCause)
                .flatMap(cause -> known(cause).stream())
                .findFirst()
                .orElseGet(() -> "no secure connection (" + fault.getMessage() + ")");
    }

    private static Optional<String> known(Throwable cause) {
        if (cause instanceof CertificateExpiredException) {
            return Optional.of("the server's certificate has expired (" + cause.getMessage() + ")");
        }
        if (cause instanceof CertificateNotYetValidException) {
            return Optional.of("the server's certificate is not valid yet (" + cause.getMessage() + ")");
        }
        if (cause instanceof CertPathBuilderException
                || (cause instanceof CertPathValidatorException path && UNTRUSTED.contains(path.getReason()))) {
            return Optional.of("the server's certificate is signed by no authority that is trusted here");
        }
        if (cause instanceof CertificateException && cause.getCause() == null) {
            return Optional.of("the server's certificate is not for this host (" + cause.getMessage() + ")");
        }
        return Optional.empty();
    }
}
