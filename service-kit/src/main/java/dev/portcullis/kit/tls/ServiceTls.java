package dev.portcullis.kit.tls;

import dev.portcullis.kit.lifecycle.StartupException;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.grpc.util.AdvancedTlsX509TrustManager.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS of one service: what its ports and its connections to the other services show and trust. Connections that are made after a file was renewed use the new content;
 * those that are open go on with the old one. Thread-safe.
 */
public final class ServiceTls {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceTls.class);

    /** What is spoken; older versions are refused. */
    public static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");

    /** How long a caller can take a connection up again without showing his certificate anew, in seconds. */
    public static final int SESSION_SECONDS = 300;

    private final TlsSettings settings;
    private final List<WatchedFiles> watched = new ArrayList<>();
    private final Optional<KeyManager> serverKeys;
    private final Optional<TrustManager> clientAuthorities;
    private final Optional<KeyManager> clientKeys;
    private final Optional<TrustManager> authorities;
    /** The first name of the ports' own certificate. */
    private volatile Optional<String> ownName = Optional.empty();

    /**
     * Reads the files.
     *
     * @throws StartupException when one of them cannot be used, naming the variable
     */
    public ServiceTls(TlsSettings settings) {
        this.settings = settings;
        this.serverKeys = keys("PORTCULLIS_TLS_CERTIFICATE_FILE", settings.server(), true);
        this.clientAuthorities = trusted("PORTCULLIS_TLS_CLIENT_CA_FILE", settings.clientAuthorities())
                .map(trusted -> new ClientTrust(trusted, why -> LOG.warn("A connection is refused: {}", why)));
        this.clientKeys = keys("PORTCULLIS_TLS_CLIENT_CERTIFICATE_FILE", settings.client(), false);
        this.authorities =
                trusted("PORTCULLIS_TLS_CA_FILE", settings.authorities()).map(authorities -> authorities);
    }

    private Optional<KeyManager> keys(String variable, Optional<TlsFiles.Identity> files, boolean own) {
        return files.map(identity -> {
            var keys = new AdvancedTlsX509KeyManager();
            watch(variable, List.of(identity.certificate(), identity.key()), texts -> {
                var chain = PemFile.chain(identity.certificate(), texts.getFirst());
                var key = KeyFile.read(
                        identity.key(), texts.getLast(), chain.getFirst().getPublicKey());
                take(keys, chain, key);
                if (own) {
                    ownName = CertificateName.of(chain.getFirst());
                }
                return end(chain).min(Comparator.naturalOrder()).orElseThrow();
            });
            return keys;
        });
    }

    private static void take(AdvancedTlsX509KeyManager keys, List<X509Certificate> chain, PrivateKey key) {
        keys.updateIdentityCredentials(chain.toArray(X509Certificate[]::new), key);
    }

    private Optional<AdvancedTlsX509TrustManager> trusted(String variable, Optional<Path> file) {
        return file.map(path -> {
            var trusted = trustManager();
            watch(variable, List.of(path), texts -> {
                var certificates = PemFile.certificates(path, texts.getFirst());
                try {
                    trusted.updateTrustCredentials(certificates.toArray(X509Certificate[]::new));
                } catch (IOException | GeneralSecurityException e) {
                    throw new TlsFilesException(
                            "file " + path + " holds no authorities that can be used: " + e.getMessage(), e);
                }
                // The old authority stands beside the new one while they are exchanged, and may end.
                return end(certificates).max(Comparator.naturalOrder()).orElseThrow();
            });
            return trusted;
        });
    }

    private static AdvancedTlsX509TrustManager trustManager() {
        try {
            return AdvancedTlsX509TrustManager.newBuilder()
                    .setVerification(Verification.CERTIFICATE_AND_HOST_NAME_VERIFICATION)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a Java runtime that cannot verify certificates", e);
        }
    }

    private void watch(String variable, List<Path> files, WatchedFiles.Use use) {
        try {
            watched.add(new WatchedFiles(files, use));
        } catch (TlsFilesException e) {
            throw new StartupException(variable + ": " + e.getMessage(), e);
        }
    }

    private static Stream<Instant> end(List<X509Certificate> certificates) {
        return certificates.stream()
                .map(certificate -> certificate.getNotAfter().toInstant());
    }

    /** Whether the ports speak TLS. */
    public boolean isOn() {
        return serverKeys.isPresent();
    }

    /** "https" or "http". */
    public String scheme() {
        return isOn() ? "https" : "http";
    }

    /** Whether the other services are asked with TLS. */
    public boolean isToPeers() {
        return settings.isToPeers();
    }

    /** What the ports show; empty when they speak no TLS. */
    public Optional<KeyManager> serverKeys() {
        return serverKeys;
    }

    /** Who signs the certificates that callers may show; empty: none are asked for. */
    public Optional<TrustManager> clientAuthorities() {
        return clientAuthorities;
    }

    /** What is shown to the other services; empty for nothing. */
    public Optional<KeyManager> clientKeys() {
        return clientKeys;
    }

    /** Who signs the certificates of the other services; empty: the authorities that the Java runtime trusts. */
    public Optional<TrustManager> authorities() {
        return authorities;
    }

    /**
     * The name that another service has to prove, where it is not that in its address. Whoever listens on this machine has the files of this service, and their certificate is
     * hardly for 127.0.0.1.
     *
     * @param host of the address
     */
    public Optional<String> peerName(String host) {
        return settings.peerName().or(() -> isThisMachine(host) ? ownName : Optional.empty());
    }

    private static boolean isThisMachine(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    /** All files in use. */
    public List<WatchedFiles> files() {
        return List.copyOf(watched);
    }

    /** Looks for new contents once. */
    public void look() {
        watched.forEach(WatchedFiles::look);
    }
}
