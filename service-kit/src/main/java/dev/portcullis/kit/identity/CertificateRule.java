package dev.portcullis.kit.identity;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * What callers with certain client certificates may do.
 *
 * @param subject the subject a certificate has to have, all of it; empty for any
 * @param uri pattern that one of its URIs (subject alternative names, as a SPIFFE ID) has to match; empty for any
 * @param grants what such callers may do
 * @param groups that such callers are in
 */
public record CertificateRule(
        Optional<X500Principal> subject, Optional<String> uri, List<Grant> grants, List<String> groups) {
    /** The kind of a subject alternative name that is a URI (RFC 5280, 4.2.1.6). */
    private static final int URI = 6;

    public CertificateRule {
        grants = List.copyOf(grants);
        groups = List.copyOf(groups);
    }

    /** The name by which it knows the holder of a certificate: the URI that matches, or the subject; empty when it does not know him. */
    Optional<String> name(X509Certificate certificate) {
        var holder = certificate.getSubjectX500Principal();
        if (subject.isPresent() && !subject.get().equals(holder)) {
            return Optional.empty();
        }
        return uri.isEmpty()
                ? Optional.of(holder.getName())
                : uris(certificate).stream()
                        .filter(one -> Glob.matches(uri.get(), one))
                        .findFirst();
    }

    private static List<String> uris(X509Certificate certificate) {
        try {
            return Optional.<Collection<List<?>>>ofNullable(certificate.getSubjectAlternativeNames()).stream()
                    .flatMap(Collection::stream)
                    .filter(name -> name.getFirst().equals(URI))
                    .map(name -> String.valueOf(name.getLast()))
                    .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }
}
