package dev.portcullis.kit.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The names of hosts that a certificate is for. */
final class CertificateName {
    /** The kind of a subject alternative name that is one (RFC 5280, 4.2.1.6). */
    private static final int DNS_NAME = 2;

    private CertificateName() {}

    /** The first one that stands for a single host. */
    static Optional<String> of(X509Certificate certificate) {
        return all(certificate).filter(name -> !name.startsWith("*")).findFirst();
    }

    static Stream<String> all(X509Certificate certificate) {
        try {
            return Optional.<Collection<List<?>>>ofNullable(certificate.getSubjectAlternativeNames()).stream()
                    .flatMap(Collection::stream)
                    .filter(name -> name.getFirst().equals(DNS_NAME))
                    .map(name -> String.valueOf(name.getLast()));
        } catch (CertificateParsingException e) {
            return Stream.empty();
        }
    }
}
