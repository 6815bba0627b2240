package dev.portcullis.rollback.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.CertUtils;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Optional;

/** What kind of key a client certificate belongs to: fabric8 takes every key in PKCS#8 for an RSA key. */
final class ClientKey {
    private ClientKey() {}

    /** "EC" or "RSA"; empty when there is no certificate, or none that can be read, which is told when it is used. */
    static Optional<String> algorithm(Config config) {
        if (config.getClientCertFile() == null && config.getClientCertData() == null) {
            return Optional.empty();
        }
        try (var certificate =
                CertUtils.getInputStreamFromDataOrFile(config.getClientCertData(), config.getClientCertFile())) {
            var read = CertificateFactory.getInstance("X.509").generateCertificate(certificate);
            return Optional.of(read.getPublicKey().getAlgorithm());
        } catch (IOException | CertificateException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
