package dev.portcullis.kit.transparency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WitnessRequestTest {
    private static final SignerKey LOG = SignerKey.generate("portcullis.example/audit", new SecureRandom());
    private static final SignerKey WITNESS =
            SignerKey.generate("witness.example/w1", KeyKind.WITNESS, new SecureRandom());
    private static final SignedNote NOTE =
            LOG.sign(new Checkpoint("portcullis.example/audit", new TreeHead(3, TreeHash.EMPTY)).text());

    @Test
    void whatIsSentIsRead() {
        var request = new WitnessRequest(2, List.of(TreeHash.EMPTY, TreeHash.ofLeaf(new byte[1])), NOTE);
        assertEquals(request, WitnessRequest.parse(request.text()));
        var first = new WitnessRequest(0, List.of(), NOTE);
        assertEquals(first, WitnessRequest.parse(first.text()));
        assertTrue(first.text().startsWith("old 0\n\nportcullis.example/audit\n3\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "old 1", "old 01\n\n", "old -1\n\n", "new 1\n\n", "old 1\nx\n\n", "old 1\n\nno note"})
    void nothingElseIs(String body) {
        assertThrows(LogFormatException.class, () -> WitnessRequest.parse(body));
    }

    @Test
    void aLongerProofThanAnyTreeHasIsRefused() {
        var hashes = java.util.Collections.nCopies(64, TreeHash.EMPTY);
        var text = new WitnessRequest(1, hashes, NOTE).text();
        assertThrows(LogFormatException.class, () -> WitnessRequest.parse(text));
    }

    @Test
    void aCosignatureIsOfTheWitnessTheCheckpointAndTheTime() {
        var cosignature = WITNESS.cosign(NOTE.text(), Instant.parse("2027-01-01T00:00:00Z"));
        var cosigned = SignedNote.parse(NOTE.with(List.of(cosignature)).format());
        assertTrue(WITNESS.verifier().signs(cosigned));
        assertTrue(LOG.verifier().signs(cosigned));
        assertFalse(WITNESS.verifier().signs(NOTE));
        assertFalse(WITNESS.verifier().signs(NOTE.text().replace("3", "4"), cosignature));
        var bytes = java.util.Base64.getDecoder().decode(cosignature.content());
        bytes[11]++;
        var later = new NoteSignature(
                cosignature.name(), java.util.Base64.getEncoder().encodeToString(bytes));
        assertFalse(WITNESS.verifier().signs(NOTE.text(), later), "another time");
    }

    @Test
    void aKeyIsOfOneKind() {
        var text = WITNESS.verifier().text();
        assertEquals(WITNESS.verifier(), VerifierKey.parse(text, KeyKind.WITNESS));
        assertThrows(LogFormatException.class, () -> VerifierKey.parse(text));
        assertEquals(
                WITNESS.verifier(),
                SignerKey.parse(WITNESS.text(), KeyKind.WITNESS).verifier());
        assertThrows(LogFormatException.class, () -> SignerKey.parse(WITNESS.text()));
        assertThrows(
                LogFormatException.class, () -> VerifierKey.parse(LOG.verifier().text(), KeyKind.WITNESS));
        // The key of C2SP's own example of a cosignature has its id in the line: ids are computed as there.
        assertEquals(KeyKind.WITNESS, WITNESS.verifier().kind());
    }
}
