package dev.portcullis.gate.audit;

import dev.portcullis.kit.audit.AuditEntries;
import dev.portcullis.kit.transparency.NoteSignature;
import dev.portcullis.kit.transparency.PlacedEntry;
import dev.portcullis.kit.transparency.SignedNote;
import dev.portcullis.kit.transparency.Tile;
import dev.portcullis.kit.transparency.TlogProof;
import dev.portcullis.kit.transparency.TreeHash;
import dev.portcullis.kit.transparency.VerifierKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The audit log as it is kept. Each method is one transaction; each throws {@link dev.portcullis.gate.release.StoreUnavailableException} when the store cannot be
 * reached. Thread-safe.
 */
public interface AuditLog extends AuditEntries {
    /** Entries, newest first. */
    List<RecordedEntry> list(AuditFilter filter, OptionalLong before, int limit);

    /** The releases that were opened at a time or later and before another, oldest first. */
    List<ProductionChange> changes(Instant from, Instant to, int limit);

    /**
     * Adds entries of another service, each once however often it is given.
     *
     * @throws IllegalArgumentException when one is none
     */
    void take(List<HandedEntry> entries);

    /** The newest checkpoint, as it was signed; empty while nothing is. */
    Optional<SignedNote> signed();

    /** The newest checkpoint, with the cosignatures that it has; empty while nothing is signed. */
    Optional<SignedNote> checkpoint();

    /** The checkpoint of so many entries, with its cosignatures; empty when none was signed. */
    Optional<SignedNote> checkpoint(long size);

    /** The newest checkpoint that all these witnesses have cosigned, with its cosignatures; empty when there is none. */
    Optional<SignedNote> checkpoint(List<VerifierKey> witnesses);

    /** Keeps a cosignature of a checkpoint; the first one of a witness stays. */
    void addCosignature(SignedNote checkpoint, VerifierKey witness, NoteSignature cosignature);

    /** The proof that the tree of a checkpoint begins with that of the first {@code older} entries. */
    List<TreeHash> consistency(long older, SignedNote checkpoint);

    /**
     * Proofs that entries are in the tree of a checkpoint.
     *
     * @param checkpoint of this log
     * @param indexes of the entries
     * @return in the same order; empty for a place beyond that tree
     */
    List<Optional<TlogProof>> proofs(SignedNote checkpoint, List<Long> indexes);

    /** A tile of the tree of the newest checkpoint; empty when that tree has no such tile. */
    Optional<byte[]> tile(Tile tile);

    /**
     * Gives entries that have none their places, and signs the tree that comes of it.
     *
     * @param most so many at once, 1 or more
     * @param known checkpoints that the tree has to extend
     * @return empty when there was nothing to do, or another replica does it just now
     * @throws dev.portcullis.kit.transparency.LogDamageException when the tree does not extend what was signed before; nothing is signed then
     */
    Optional<Sequenced> sequence(int most, AuditSigner signer, List<SignedNote> known);

    /**
     * What was sequenced.
     *
     * @param entries how many
     * @param checkpoint over all there are now
     */
    record Sequenced(int entries, SignedNote checkpoint) {}

    /** Places of the tree: one more than the last one's number. */
    long size();

    /**
     * Places of the tree in order.
     *
     * @param from the first
     * @param end the one behind the last
     */
    List<PlacedEntry> placed(long from, long end);

    /** The checkpoints of more than {@code above} entries, up to {@code most}; the smallest first. */
    List<SignedNote> checkpoints(long above, long most);

    /** How many entries were recorded longer ago than that and have no place. */
    long unplaced(Duration age);
}
