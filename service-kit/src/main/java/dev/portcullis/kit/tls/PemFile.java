package dev.portcullis.kit.tls;

import dev.portcullis.kit.text.FileText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** What stands in a file in PEM. Faults name the file and show nothing of it. */
final class PemFile {
    private PemFile() {}

    static String read(Path file) throws TlsFilesException {
        try {
            return FileText.read(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new TlsFilesException("file " + file + " cannot be read: " + FileText.fault(e), e);
        }
    }

    /** At least one certificate. */
    static List<X509Certificate> certificates(Path file, String text) throws TlsFilesException {
        var pem = new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
        try {
            var found = CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (!found.isEmpty()) {
                return found;
            }
        } catch (GeneralSecurityException e) {
            throw new TlsFilesException("file " + file + " holds something else than certificates in PEM", e);
        }
        throw new TlsFilesException("file " + file + " holds no certificate in PEM", null);
    }

    /** A certificate and those between it and its authority, each signed by the next. */
    static List<X509Certificate> chain(Path file, String text) throws TlsFilesException {
        var chain = certificates(file, text);
        for (var i = 1; i < chain.size(); i++) {
            try {
                chain.get(i - 1).verify(chain.get(i).getPublicKey());
            } catch (GeneralSecurityException e) {
                throw new TlsFilesException(
                        "file " + file + ": certificate " + (i + 1) + " in it has not signed certificate " + i
                                + "; put the certificate itself first, then the one that signed it, and so on",
                        e);
            }
        }
        return chain;
    }
}
