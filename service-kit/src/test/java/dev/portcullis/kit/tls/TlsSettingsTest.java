package dev.portcullis.kit.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.lifecycle.StartupException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the variables of TLS may say together. */
final class TlsSettingsTest {
    private static final String CERTIFICATE = "PORTCULLIS_TLS_CERTIFICATE_FILE";
    private static final String KEY = "PORTCULLIS_TLS_KEY_FILE";
    private static final String AUTHORITIES = "PORTCULLIS_TLS_CA_FILE";
    private static final String CLIENT_AUTHORITIES = "PORTCULLIS_TLS_CLIENT_CA_FILE";

    private static String fault(Map<String, String> variables) {
        return assertThrows(StartupException.class, () -> TlsSettings.of(variables))
                .getMessage();
    }

    @Test
    void withoutThemThereIsNoTls() {
        var none = TlsSettings.of(Map.of(CERTIFICATE, " ", KEY, ""));
        assertEquals(TlsSettings.NONE, none);
        assertFalse(none.isToPeers());
    }

    @Test
    void aServiceWithACertificateOrWithAuthoritiesAsksTheOthersByTls() {
        var files = Map.of(CERTIFICATE, "tls.crt", KEY, "tls.key", CLIENT_AUTHORITIES, "ca.crt");
        var settings = TlsSettings.of(files);
        assertEquals(Optional.of(new TlsFiles.Identity(Path.of("tls.crt"), Path.of("tls.key"))), settings.server());
        assertTrue(settings.isToPeers());
        assertTrue(TlsSettings.of(Map.of(AUTHORITIES, "ca.crt")).isToPeers());
    }

    @Test
    void aCertificateNeedsItsKeyAndAKeyItsCertificate() {
        assertEquals(
                CERTIFICATE + " is set and " + KEY + " is not; a certificate needs its key: set both or neither",
                fault(Map.of(CERTIFICATE, "tls.crt")));
        assertEquals(
                "PORTCULLIS_TLS_CLIENT_KEY_FILE is set and PORTCULLIS_TLS_CLIENT_CERTIFICATE_FILE is not; a certificate"
                        + " needs its key: set both or neither",
                fault(Map.of("PORTCULLIS_TLS_CLIENT_KEY_FILE", "tls.key")));
    }

    @Test
    void clientCertificatesNeedPortsWithTls() {
        var fault = fault(Map.of(CLIENT_AUTHORITIES, "ca.crt"));
        assertTrue(fault.startsWith(CLIENT_AUTHORITIES + " is set, but the ports speak no TLS; set"), fault);
    }

    @Test
    void aFileThatCannotBeUsedIsNamedWithItsVariable() {
        var settings = TlsSettings.of(Map.of(AUTHORITIES, "nowhere.crt"));
        assertEquals(
                AUTHORITIES + ": file nowhere.crt cannot be read: there is no such file or folder",
                assertThrows(StartupException.class, () -> new ServiceTls(settings))
                        .getMessage());
    }
}
