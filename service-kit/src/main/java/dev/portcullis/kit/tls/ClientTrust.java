package dev.portcullis.kit.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts clients as others do, and tells why one is refused: all that he hears himself is that his certificate is no good. Thread-safe. */
final class ClientTrust extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager authorities;
    private final Consumer<String> refused;

    /** @param refused hears why, in words that hold nothing of the certificate itself, which anybody can fill in */
    ClientTrust(X509ExtendedTrustManager authorities, Consumer<String> refused) {
        this.authorities = authorities;
        this.refused = refused;
    }

    private interface Check {
        void make() throws CertificateException;
    }

    private void told(Check check) throws CertificateException {
        try {
            check.make();
        } catch (CertificateException e) {
            refused.accept(TlsFault.ofClient(e));
            throw e;
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        told(() -> authorities.checkClientTrusted(chain, authType));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        told(() -> authorities.checkClientTrusted(chain, authType, socket));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        told(() -> authorities.checkClientTrusted(chain, authType, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        authorities.checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        authorities.checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        authorities.checkServerTrusted(chain, authType, engine);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.getAcceptedIssuers();
    }
}
