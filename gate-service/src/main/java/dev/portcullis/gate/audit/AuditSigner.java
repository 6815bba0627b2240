package dev.portcullis.gate.audit;

import dev.portcullis.kit.transparency.Checkpoint;
import dev.portcullis.kit.transparency.LogDamageException;
import dev.portcullis.kit.transparency.LogKeys;
import dev.portcullis.kit.transparency.MerkleTree;
import dev.portcullis.kit.transparency.SignedNote;
import dev.portcullis.kit.transparency.Subtrees;
import dev.portcullis.kit.transparency.TreeHead;
import dev.portcullis.kit.transparency.VerifierKey;
import java.util.List;

/** Signs the tree of the audit log, but no tree that takes back what was signed before. Thread-safe. */
public final class AuditSigner {
    private final LogKeys keys;

    public AuditSigner(LogKeys keys) {
        this.keys = keys;
    }

    /** The public half of the key it signs with. */
    public VerifierKey verifier() {
        return keys.signer().verifier();
    }

    /** All keys that checkpoints of the log may be signed with. */
    public List<VerifierKey> verifiers() {
        return keys.verifiers();
    }

    /**
     * Signs a tree.
     *
     * @param size entries that it has now
     * @param known checkpoints that were signed before, of this key or an earlier one of the log
     * @throws LogDamageException when the tree is smaller than one of theirs, or does not begin with it
     */
    public SignedNote sign(Subtrees tree, long size, List<SignedNote> known) {
        known.forEach(note -> refuseLess(tree, size, Checkpoint.parse(note.text())));
        return keys.signer().sign(new Checkpoint(verifier().name(), new MerkleTree(tree, size).head()).text());
    }

    /** Signs the tree without entries, by which witnesses can be asked what they have seen of a log that has no checkpoint. */
    public SignedNote signNothing() {
        return keys.signer().sign(new Checkpoint(verifier().name(), TreeHead.EMPTY).text());
    }

    private static void refuseLess(Subtrees tree, long size, Checkpoint known) {
        var older = known.head();
        if (older.size() > size) {
            throw new LogDamageException("the audit log has " + size + " entries, but a checkpoint of " + older.size()
                    + " entries (root " + older.root().base64()
                    + ") was signed: its end was cut off, or the database was replaced by an older copy");
        }
        if (!new MerkleTree(tree, older.size()).head().equals(older)) {
            throw new LogDamageException("the first " + older.size()
                    + " entries of the audit log are not those that were signed (root "
                    + older.root().base64() + "): entries were changed, removed or inserted");
        }
    }
}
