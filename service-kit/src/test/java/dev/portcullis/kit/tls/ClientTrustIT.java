package dev.portcullis.kit.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server says of client certificates that it refuses. An IT for the sake of the JDK's keytool, which makes them. */
final class ClientTrustIT {
    @TempDir
    private static Path folder;

    private static TestAuthority ours;
    private static TestAuthority another;

    private final List<String> told = new ArrayList<>();

    @BeforeAll
    static void certificates() throws Exception {
        ours = new TestAuthority(folder.resolve("ours")).sign("ann").signExpired("old");
        another = new TestAuthority(folder.resolve("another")).sign("ann");
    }

    private void check(Path certificate) throws Exception {
        var authorities = new TlsFiles(Optional.of(ours.certificate()), Optional.empty()).trusted();
        var trust = new ClientTrust((X509ExtendedTrustManager) authorities[0], told::add);
        var chain = PemFile.chain(certificate, Files.readString(certificate)).toArray(X509Certificate[]::new);
        trust.checkClientTrusted(chain, "EC");
    }

    private String refusal(Path certificate) {
        assertThrows(CertificateException.class, () -> check(certificate));
        assertEquals(1, told.size());
        return told.getFirst();
    }

    @Test
    void oneThatIsGoodIsNotTold() throws Exception {
        check(ours.certificate("ann"));
        assertEquals(List.of(), told);
    }

    @Test
    void oneThatHasExpiredIsToldWithItsDate() {
        var why = refusal(ours.certificate("old"));
        assertTrue(why.startsWith("a client's certificate has expired (NotAfter: "), why);
    }

    @Test
    void oneOfAnotherAuthorityIsTold() {
        assertEquals(
                "a client's certificate is signed by no authority that is trusted here",
                refusal(another.certificate("ann")));
    }
}
