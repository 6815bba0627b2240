package dev.portcullis.gate.store;

import dev.portcullis.gate.audit.AuditLog;
import dev.portcullis.gate.audit.AuditLog.Sequenced;
import dev.portcullis.gate.audit.AuditSigner;
import dev.portcullis.kit.transparency.Checkpoint;
import dev.portcullis.kit.transparency.SignedNote;
import dev.portcullis.kit.transparency.Tile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Gives entries of the audit log their places and signs the tree. */
final class AuditSequence {
    private static final String LOCK = "select settled from audit.sequencer where id = 1 for update skip locked";

    /** Entries written by transactions that had not ended at an earlier look, or have begun since; those of another cluster, whose numbers mean nothing here, make all be looked at. */
    private static final String PLACE = """
            insert into audit.leaves (index, entry_id, leaf_hash)
            select :size + row_number() over (order by id) - 1, id, leaf_hash from (
              select e.id, e.leaf_hash from audit.entries e
              where e.written >= case when cast(:settled as xid8) > pg_snapshot_xmax(pg_current_snapshot()) then '0' else cast(:settled as xid8) end
                and not exists (select from audit.leaves l where l.entry_id = e.id)
              order by e.id limit :most) waiting""";

    private AuditSequence() {}

    /** What {@link AuditLog#sequence} does, inside somebody else's transaction. */
    static Optional<Sequenced> sequence(Handle handle, int most, AuditSigner signer, List<SignedNote> known) {
        var settled = handle.createQuery(LOCK).mapTo(String.class).findOne();
        return settled.flatMap(text -> sequence(handle, text, most, signer, known));
    }

    private static Optional<Sequenced> sequence(
            Handle handle, String settled, int most, AuditSigner signer, List<SignedNote> known) {
        // Before the look: what is in progress now is looked at again.
        var next = handle.createQuery("select pg_snapshot_xmin(pg_current_snapshot())")
                .mapTo(String.class)
                .one();
        var before = AuditTree.size(handle);
        var placed = handle.createUpdate(PLACE)
                .bind("size", before)
                .bind("settled", settled)
                .bind("most", most)
                .execute();
        var newest = AuditTree.newest(handle);
        var size = before + placed;
        if (placed == 0
                && isSigned(newest, size, signer)
                && known.stream().allMatch(note -> newest.filter(note::equals).isPresent())) {
            return Optional.empty();
        }
        addSubtrees(handle, before, size);
        List<SignedNote> all = new ArrayList<>(known);
        newest.ifPresent(all::add);
        var signed = signer.sign(AuditTree.subtrees(handle), size, all);
        handle.createUpdate(
                        "insert into audit.checkpoints (size, key_id, note) values (:size, :key, :note) on conflict do nothing")
                .bind("size", size)
                .bind("key", signer.verifier().id())
                .bind("note", signed.format())
                .execute();
        if (placed < most) {
            handle.createUpdate("update audit.sequencer set settled = cast(:settled as xid8) where id = 1")
                    .bind("settled", next)
                    .execute();
        }
        return Optional.of(new Sequenced(placed, signed));
    }

    private static boolean isSigned(Optional<SignedNote> newest, long size, AuditSigner signer) {
        return newest.map(note -> Checkpoint.parse(note.text()).head().size() == size
                        && signer.verifier().signs(note))
                .orElse(size == 0);
    }

    /** The hashes of the tiles that have become full, from the lowest level up. */
    private static void addSubtrees(Handle handle, long before, long size) {
        long from = before / Tile.WIDTH;
        long end = size / Tile.WIDTH;
        for (var level = 1; end > from; level++) {
            try (var batch = handle.prepareBatch(
                    "insert into audit.subtrees (level, index, hash) values (:level, :index, :hash)")) {
                for (var index = from; index < end; index++) {
                    batch.bind("level", level)
                            .bind("index", index)
                            .bind(
                                    "hash",
                                    AuditTree.fullTile(handle, level - 1, index).bytes())
                            .add();
                }
                batch.execute();
            }
            from /= Tile.WIDTH;
            end /= Tile.WIDTH;
        }
    }
}
