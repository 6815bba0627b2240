package dev.portcullis.kit.http;

import dev.portcullis.kit.text.FileText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
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

    /** What the files hold; equal as long as nothing has changed. */
    List<String> content() throws TlsFilesException {
        List<String> content = new ArrayList<>();
        if (ca.isPresent()) {
            content.add(read(ca.get()));
        }
        if (identity.isPresent()) {
            content.add(read(identity.get().certificate()));
            content.add(read(identity.get().key()));
        }
        return content;
    }

    /**
     * Reads the files.
     *
     * @throws TlsFilesException naming the file at fault
     */
    public SSLContext open() throws TlsFilesException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(), trusted(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsFilesException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private TrustManager @Nullable [] trusted() throws TlsFilesException, GeneralSecurityException, IOException {
        if (ca.isEmpty()) {
            return null;
        }
        KeyStore store = emptyStore();
        for (Certificate certificate : certificates(ca.get())) {
            store.setCertificateEntry("ca-" + store.size(), certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private KeyManager @Nullable [] keys() throws TlsFilesException, GeneralSecurityException, IOException {
        if (identity.isEmpty()) {
            return null;
        }
        List<Certificate> chain = certificates(identity.get().certificate());
        Path file = identity.get().key();
        PrivateKey key = KeyFile.read(file, read(file), chain.getFirst().getPublicKey());
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

    private static List<Certificate> certificates(Path file) throws TlsFilesException {
        byte[] pem = read(file).getBytes(StandardCharsets.ISO_8859_1);
        try {
            List<Certificate> found = List.copyOf(
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)));
            if (!found.isEmpty()) {
                return found;
            }
        } catch (GeneralSecurityException e) {
            throw new TlsFilesException("file " + file + " holds something else than certificates in PEM", e);
        }
        throw new TlsFilesException("file " + file + " holds no certificate in PEM", null);
    }

    private static String read(Path file) throws TlsFilesException {
        try {
            return FileText.read(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new TlsFilesException("file " + file + " cannot be read: " + FileText.fault(e), e);
        }
    }
}
