package dev.portcullis.gate.http.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scripts of others are as they were published. */
final class VendoredScriptsTest {
    @ParameterizedTest
    @CsvSource({
        "htmx.min.js, xspa3t9MrzLkwdfo67LbsusW+t3z2LG1cjkA8seYXH3kWokLTlZGrNPNGZJnHF9apv32h6Q4R8XWBCW4EiNptA==",
        "hx-csp.min.js, IXH6WsJV9RqmkAZurrnzvhYNcJiocoFlCpDjCeCCpprALeRtJj6R8yBwCggzJzMKbnuSNxCNYWntpZkUeX26bA==",
        "hx-sse.min.js, ayeyJLVY4jd3ecM9HBXX2TxXv7mVLfP6hf61ndXfCh+/ypv+MLyWuLsX31whp94cT0jd/JymgcQc5fCzFvo6TQ=="
    })
    void aScriptIsAsItWasPublished(String name, String sha512) throws IOException, NoSuchAlgorithmException {
        try (var stream = VendoredScriptsTest.class.getResourceAsStream("/console/vendor/" + name)) {
            assertNotNull(stream, name);
            var digest = MessageDigest.getInstance("SHA-512").digest(stream.readAllBytes());
            assertEquals(sha512, Base64.getEncoder().encodeToString(digest));
        }
    }
}
