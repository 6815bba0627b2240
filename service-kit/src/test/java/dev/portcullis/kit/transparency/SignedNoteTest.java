package dev.portcullis.kit.transparency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Key, text and signature of the first test are those of the documentation of Go's golang.org/x/mod/sumdb/note. */
final class SignedNoteTest {
    private static final String SECRET =
            "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    private static final String PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private static final String TEXT =
            "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    private static final String SIGNATURE =
            "\n\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    @Test
    void aKnownKeySignsAsItDoesInGo() {
        var key = SignerKey.parse(SECRET + "\n");
        assertEquals(PUBLIC, key.verifier().text());
        assertEquals(SECRET, key.text());
        assertEquals(TEXT + SIGNATURE, key.sign(TEXT).format());
        assertTrue(VerifierKey.parse(PUBLIC).signs(SignedNote.parse(TEXT + SIGNATURE)));
    }

    @Test
    void aChangedTextOrKeyIsNotSigned() {
        var key = VerifierKey.parse(PUBLIC);
        assertFalse(key.signs(SignedNote.parse(TEXT.replace("is.", "was.") + SIGNATURE)));
        assertFalse(key.signs(SignedNote.parse(TEXT + SIGNATURE.replace("ZJku", "ZJkv"))));
        assertFalse(key.signs(SignedNote.parse(TEXT + SIGNATURE.replace("Neumann", "Neuman"))));
        var other = SignerKey.generate("PeterNeumann", new SecureRandom());
        assertFalse(key.signs(other.sign(TEXT)));
        assertTrue(other.verifier().signs(other.sign(TEXT)));
        assertEquals(other.text(), SignerKey.parse(other.text()).text());
        assertFalse(other.toString().contains("PRIVATE"));
    }

    @Test
    void oneGoodSignatureAmongOthersIsEnough() {
        var first = SignerKey.generate("first", new SecureRandom()).sign(TEXT);
        var both = SignedNote.parse(first.format() + SIGNATURE.substring(1));
        assertEquals(2, both.signatures().size());
        assertTrue(VerifierKey.parse(PUBLIC).signs(both));
    }

    @Test
    void whatIsNoNoteIsRefused() {
        for (var text : List.of(
                "",
                TEXT,
                TEXT + SIGNATURE.stripTrailing(),
                TEXT + "\n",
                TEXT + "\n- name AAAAAAAA\n",
                TEXT + "\n\u2014 name\n",
                TEXT + "\n\u2014 name AAAA\n",
                TEXT + "\n\u2014 name %%%%%%%%\n",
                "a\tb\n" + SIGNATURE)) {
            var fault = assertThrows(LogFormatException.class, () -> SignedNote.parse(text), text);
            assertTrue(fault.getMessage().startsWith("is no signed note"), fault.getMessage());
        }
    }

    @Test
    void whatIsNoKeyIsRefusedWithoutBeingShown() {
        for (var text : List.of(
                "",
                "a+b",
                PUBLIC.replace("c74f20a3", "c74f20a4"),
                PUBLIC.replace("+AR", "+Ag"),
                PUBLIC + "AAAA",
                PUBLIC.replace("PeterNeumann", "Peter Neumann"),
                SECRET)) {
            assertThrows(LogFormatException.class, () -> VerifierKey.parse(text), text);
        }
        for (var text : List.of("", PUBLIC, SECRET.replace("c74f20a3", "c74f20a4"), SECRET + "A", SECRET + "AAAA")) {
            var fault = assertThrows(LogFormatException.class, () -> SignerKey.parse(text), text);
            assertFalse(fault.getMessage().contains("AYEK"), fault.getMessage());
        }
    }

    @Test
    void aCheckpointIsReadFromANoteOfItsKeyAlone() {
        var key = SignerKey.generate("portcullis.example/audit", new SecureRandom());
        var checkpoint = new Checkpoint("portcullis.example/audit", new TreeHead(12, TreeHash.ofLeaf(new byte[1])));
        assertEquals("portcullis.example/audit\n12\nlqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c=\n", checkpoint.text());
        var note = SignedNote.parse(key.sign(checkpoint.text()).format());
        assertEquals(checkpoint, Checkpoint.verified(note, key.verifier()));
        assertEquals(checkpoint, Checkpoint.parse(checkpoint.text() + "an extension\n"));
        var other = SignerKey.generate("portcullis.example/audit", new SecureRandom())
                .verifier();
        assertThrows(LogFormatException.class, () -> Checkpoint.verified(note, other));
        assertThrows(LogFormatException.class, () -> Checkpoint.verified(note, VerifierKey.parse(PUBLIC)));
        for (var text : List.of("", "a\n1\n", "a\n01\nx\n", "a\n-1\nx\n", "a\n1\nAAAA\n")) {
            assertThrows(LogFormatException.class, () -> Checkpoint.parse(text), text);
        }
    }

    @Test
    void aProofIsReadAsItIsWritten() {
        var key = SignerKey.generate("log", new SecureRandom());
        var leaf = TreeHash.ofLeaf(new byte[0]);
        var beside = TreeHash.ofLeaf(new byte[1]);
        var head = new TreeHead(2, TreeHash.ofNode(leaf, beside));
        var proof = new TlogProof(0, List.of(beside), key.sign(new Checkpoint("log", head).text()));
        var text = proof.text();
        assertEquals(
                "c2sp.org/tlog-proof@v1\nindex 0\nlqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c=\n\nlog\n2\n",
                text.substring(0, text.indexOf("2\n", text.indexOf("log\n")) + 2));
        assertEquals(proof, TlogProof.parse(text));
        assertEquals(proof, TlogProof.parse(text.replace("index", "extra AAAA\nindex")));
        for (var wrong : List.of(
                "",
                text.replace("@v1", "@v2"),
                text.replace("index 0", "index 00"),
                text.replace("index 0\n", ""),
                text.replace("lqKW", "lq"),
                text.replace("\n\n", "\n"))) {
            assertThrows(LogFormatException.class, () -> TlogProof.parse(wrong), wrong);
        }
    }
}
