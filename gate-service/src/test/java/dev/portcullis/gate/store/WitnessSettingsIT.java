package dev.portcullis.gate.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.lifecycle.StartupException;
import dev.portcullis.kit.testing.TestAuthority;
import dev.portcullis.kit.transparency.KeyKind;
import dev.portcullis.kit.transparency.SignerKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WitnessSettingsIT {
    private static final String KEY = SignerKey.generate("witness.example/w1", KeyKind.WITNESS, new SecureRandom())
            .verifier()
            .text();

    @TempDir
    private Path folder;

    private List<WitnessSettings.KnownWitness> read(String text) throws IOException {
        return WitnessSettings.read(
                Files.writeString(folder.resolve("witnesses"), text).toString());
    }

    private String fault(String text) {
        return assertThrows(StartupException.class, () -> read(text)).getMessage();
    }

    @Test
    void aWitnessMayHaveAuthoritiesOfItsOwn() throws IOException {
        var authorities = new TestAuthority(folder.resolve("ca")).certificate();
        var read = read(
                "# ours\nhttps://one.example " + KEY + "\n\nhttps://two.example:8443/w " + KEY + " " + authorities);
        assertEquals(Optional.empty(), read.get(0).authorities());
        assertEquals(URI.create("https://two.example:8443/w"), read.get(1).address());
        assertEquals(Optional.of(authorities), read.get(1).authorities());
    }

    @Test
    void whatIsWrongWithTheAuthoritiesIsToldAtTheStart() throws IOException {
        var missing = folder.resolve("missing.pem");
        assertTrue(fault("https://one.example " + KEY + " " + missing).contains(missing.toString()));
        var empty = Files.writeString(folder.resolve("empty.pem"), "no certificate");
        assertTrue(fault("https://one.example " + KEY + " " + empty).contains(empty.toString()));
        assertTrue(fault("https://one.example " + KEY + " ca.pem").endsWith("ca.pem; legal: an absolute path"));
        assertTrue(fault("http://one.example " + KEY + " " + empty).endsWith("without TLS; legal: with https alone"));
        assertTrue(fault("https://one.example " + KEY + " /a.pem /b.pem").endsWith("legal: ADDRESS VKEY [CA_FILE]"));
    }
}
