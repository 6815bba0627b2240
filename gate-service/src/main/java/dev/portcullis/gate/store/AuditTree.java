package dev.portcullis.gate.store;

import dev.portcullis.kit.transparency.LogDamageException;
import dev.portcullis.kit.transparency.PlacedEntry;
import dev.portcullis.kit.transparency.SignedNote;
import dev.portcullis.kit.transparency.Tile;
import dev.portcullis.kit.transparency.TileSubtrees;
import dev.portcullis.kit.transparency.TreeHash;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The places, tiles and newest checkpoint of the audit log as rows. */
final class AuditTree {
    private static final String NEWEST =
            "select note from audit.checkpoints order by size desc, signed_at desc limit 1";

    private static final String FULL_LEAVES =
            "select leaf_hash from audit.leaves where index >= :first and index < :end order by index";
    private static final String FULL_SUBTREES =
            "select hash from audit.subtrees where level = :level and index >= :first and index < :end order by index";

    private static final String PLACED = """
            select l.index, l.leaf_hash, e.body from audit.leaves l left join audit.entries e on e.id = l.entry_id
            where l.index >= :from and l.index < :end order by l.index""";

    private AuditTree() {}

    /** The newest checkpoint. */
    static Optional<SignedNote> newest(Handle handle) {
        return handle.createQuery(NEWEST).mapTo(String.class).findOne().map(SignedNote::parse);
    }

    /** One more than the last place. */
    static long size(Handle handle) {
        return handle.createQuery("select coalesce(max(index) + 1, 0) from audit.leaves")
                .mapTo(Long.class)
                .one();
    }

    /** For one piece of work inside a transaction or a statement. */
    static TileSubtrees subtrees(Handle handle) {
        return new TileSubtrees((level, index) -> hashes(handle, level, index * Tile.WIDTH, Tile.WIDTH));
    }

    static List<TreeHash> hashes(Handle handle, int level, long first, int count) {
        var query = level == 0
                ? handle.createQuery(FULL_LEAVES)
                : handle.createQuery(FULL_SUBTREES).bind("level", level);
        return query.bind("first", first)
                .bind("end", first + count)
                .map((row, context) -> TreeHash.of(row.getBytes(1)))
                .list();
    }

    /** The hash over a full tile. */
    static TreeHash fullTile(Handle handle, int level, long index) {
        var hashes = hashes(handle, level, index * Tile.WIDTH, Tile.WIDTH);
        if (hashes.size() < Tile.WIDTH) {
            throw new LogDamageException("tile " + index + " of level " + level + " of the audit log has "
                    + hashes.size() + " hashes in place of " + Tile.WIDTH);
        }
        return TileSubtrees.root(hashes);
    }

    static List<PlacedEntry> placed(Handle handle, long from, long end) {
        return handle.createQuery(PLACED)
                .bind("from", from)
                .bind("end", end)
                .map((row, context) -> new PlacedEntry(
                        row.getLong("index"),
                        TreeHash.of(row.getBytes("leaf_hash")),
                        Optional.ofNullable(row.getString("body"))))
                .list();
    }
}
