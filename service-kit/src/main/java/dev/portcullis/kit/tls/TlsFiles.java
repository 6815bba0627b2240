package dev.portcullis.kit.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The PEM files of a connection with TLS of its own.
 *
 * @param ca certificates of the authorities that are trusted, instead of those of the Java runtime
 * @param identity what this side shows when the server asks for a certificate
 */
public record TlsFiles(Optional<Path> ca, Optional<Identity> identity) {
    /**
     * Who this side is.
     *
     * @param certificate the certificate, followed by those between it and the authority, if any
     * @param key its private key, not encrypted
     */
    public record Identity(Path certificate, Path key) {}

    private static final char[] NO_PASSWORD = new char[0];

    /**
     * What the files hold; equal as long as nothing has changed.
     *
     * @throws TlsFilesException naming the file at fault
     */
    public List<String> content() throws TlsFilesException {
        List<String> content = new ArrayList<>();
        if (ca.isPresent()) {
            content.add(PemFile.read(ca.get()));
        }
        if (identity.isPresent()) {
            content.add(PemFile.read(identity.get().certificate()));
            content.add(PemFile.read(identity.get().key()));
        }
        return content;
    }

    /**
     * Reads the files.
     *
     * @throws TlsFilesException naming the file at fault
     */
    public SSLContext open() throws TlsFilesException {
        return open(Optional.empty());
    }

    /**
     * Reads the files, for servers that have to prove one name, whatever address they are at.
     *
     * @param name of the servers; empty: that of their address
     * @throws TlsFilesException naming the file at fault
     */
    public SSLContext open(Optional<String> name) throws TlsFilesException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(), name.isPresent() ? named(name.get()) : trusted(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsFilesException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private TrustManager[] named(String name) throws TlsFilesException, GeneralSecurityException, IOException {
        var managers = trusted();
        if (managers == null) {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            managers = factory.getTrustManagers();
        }
        return new TrustManager[] {new NamedServerTrust((X509TrustManager) managers[0], name)};
    }

    TrustManager @Nullable [] trusted() throws TlsFilesException, GeneralSecurityException, IOException {
        if (ca.isEmpty()) {
            return null;
        }
        KeyStore store = emptyStore();
        for (Certificate certificate : PemFile.certificates(ca.get(), PemFile.read(ca.get()))) {
            store.setCertificateEntry("ca-" + store.size(), certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    KeyManager @Nullable [] keys() throws TlsFilesException, GeneralSecurityException, IOException {
        if (identity.isEmpty()) {
            return null;
        }
        Path certificate = identity.get().certificate();
        List<X509Certificate> chain = PemFile.certificates(certificate, PemFile.read(certificate));
        Path file = identity.get().key();
        PrivateKey key = KeyFile.read(file, PemFile.read(file), chain.getFirst().getPublicKey());
        KeyStore store = emptyStore();
        store.setKeyEntry("identity", key, NO_PASSWORD, chain.toArray(new Certificate[0]));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
