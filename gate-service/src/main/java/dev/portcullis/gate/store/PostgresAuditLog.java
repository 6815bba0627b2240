package dev.portcullis.gate.store;

import dev.portcullis.gate.audit.AuditFilter;
import dev.portcullis.gate.audit.AuditLog;
import dev.portcullis.gate.audit.AuditSigner;
import dev.portcullis.gate.audit.HandedEntry;
import dev.portcullis.gate.audit.ProductionChange;
import dev.portcullis.gate.audit.RecordedEntry;
import dev.portcullis.kit.audit.AuditAction;
import dev.portcullis.kit.audit.AuditEntry;
import dev.portcullis.kit.audit.store.AuditRecorder;
import dev.portcullis.kit.transparency.Checkpoint;
import dev.portcullis.kit.transparency.EntryBundle;
import dev.portcullis.kit.transparency.MerkleTree;
import dev.portcullis.kit.transparency.NoteSignature;
import dev.portcullis.kit.transparency.PlacedEntry;
import dev.portcullis.kit.transparency.SignedNote;
import dev.portcullis.kit.transparency.Tile;
import dev.portcullis.kit.transparency.TlogProof;
import dev.portcullis.kit.transparency.TreeHash;
import dev.portcullis.kit.transparency.VerifierKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The audit log in PostgreSQL. Thread-safe. */
public final class PostgresAuditLog implements AuditLog {
    private static final String LIST = """
            select e.id, e.recorded_at, e.body, l.index from audit.entries e
            left join audit.leaves l on l.entry_id = e.id
            where e.id < :before
              and (cast(:service as text) is null or e.service = :service)
              and (cast(:object as text) is null or e.object = :object)
              and (cast(:action as text) is null or e.action = :action)
              and (cast(:actor as text) is null or e.actor = :actor)
              and (cast(:from as timestamptz) is null or e.recorded_at >= :from)
              and (cast(:to as timestamptz) is null or e.recorded_at < :to)
            order by e.id desc limit :limit""";

    private static final String UNPLACED = """
            select count(*) from audit.entries e
            where e.recorded_at < clock_timestamp() - make_interval(secs => :seconds)
              and not exists (select from audit.leaves l where l.entry_id = e.id)""";

    private final Sql sql;
    private final AuditRecorder recorder;

    public PostgresAuditLog(Jdbi jdbi, AuditRecorder recorder) {
        this.sql = new Sql(jdbi);
        this.recorder = recorder;
    }

    @Override
    public void record(AuditEntry entry) {
        sql.write(handle -> {
            recorder.record(handle, entry);
            return true;
        });
    }

    @Override
    public List<RecordedEntry> list(AuditFilter filter, OptionalLong before, int limit) {
        return sql.read(handle -> handle.createQuery(LIST)
                .bind("before", before.orElse(Long.MAX_VALUE))
                .bind("service", filter.service())
                .bind("object", filter.object())
                .bind("action", filter.action().map(AuditAction::name))
                .bind("actor", filter.actor())
                .bind("from", filter.from())
                .bind("to", filter.to())
                .bind("limit", limit)
                .map(PostgresAuditLog::recorded)
                .list());
    }

    private static RecordedEntry recorded(ResultSet row, StatementContext context) throws SQLException {
        @Nullable Long index = row.getObject("index", Long.class);
        return new RecordedEntry(
                row.getLong("id"),
                index == null ? OptionalLong.empty() : OptionalLong.of(index),
                row.getTimestamp("recorded_at").toInstant(),
                row.getString("body"));
    }

    @Override
    public List<ProductionChange> changes(Instant from, Instant to, int limit) {
        return sql.read(handle -> handle.createQuery(ChangeRows.SELECT)
                .bind("from", from)
                .bind("to", to)
                .bind("limit", limit)
                .map(ChangeRows::read)
                .list());
    }

    @Override
    public void take(List<HandedEntry> entries) {
        sql.write(handle -> {
            for (var entry : entries) {
                AuditRows.take(handle, entry);
            }
            return true;
        });
    }

    @Override
    public Optional<SignedNote> signed() {
        return sql.read(AuditTree::newest);
    }

    @Override
    public Optional<SignedNote> checkpoint() {
        return sql.read(handle -> AuditTree.newest(handle).map(note -> Cosignatures.added(handle, note)));
    }

    @Override
    public Optional<SignedNote> checkpoint(long size) {
        return sql.read(handle -> handle.createQuery(
                        "select note from audit.checkpoints where size = :size order by signed_at desc limit 1")
                .bind("size", size)
                .mapTo(String.class)
                .findOne()
                .map(SignedNote::parse)
                .map(note -> Cosignatures.added(handle, note)));
    }

    @Override
    public Optional<SignedNote> checkpoint(List<VerifierKey> witnesses) {
        return sql.read(handle -> Cosignatures.newest(handle, witnesses));
    }

    @Override
    public void addCosignature(SignedNote checkpoint, VerifierKey witness, NoteSignature cosignature) {
        sql.write(handle -> Cosignatures.add(handle, checkpoint, witness, cosignature));
    }

    @Override
    public List<TreeHash> consistency(long older, SignedNote checkpoint) {
        return sql.read(handle -> new MerkleTree(
                        AuditTree.subtrees(handle),
                        Checkpoint.parse(checkpoint.text()).head().size())
                .consistency(older));
    }

    @Override
    public List<Optional<TlogProof>> proofs(SignedNote checkpoint, List<Long> indexes) {
        return sql.read(handle -> {
            var size = Checkpoint.parse(checkpoint.text()).head().size();
            var tree = new MerkleTree(AuditTree.subtrees(handle), size);
            return indexes.stream()
                    .map(index -> Optional.of(index)
                            .filter(known -> known >= 0 && known < size)
                            .map(known -> new TlogProof(known, tree.inclusion(known), checkpoint)))
                    .toList();
        });
    }

    @Override
    public Optional<byte[]> tile(Tile tile) {
        return sql.read(handle -> AuditTree.newest(handle)
                .map(note -> Checkpoint.parse(note.text()).head().size())
                .filter(size -> tile.isPartOf(size))
                .map(size -> tile.level().isPresent()
                        ? hashTile(handle, tile.level().getAsInt(), tile)
                        : entryTile(handle, tile)));
    }

    private static byte[] hashTile(Handle handle, int level, Tile tile) {
        var bytes = new ByteArrayOutputStream();
        AuditTree.hashes(handle, level, tile.index() * Tile.WIDTH, tile.width())
                .forEach(hash -> bytes.writeBytes(hash.bytes()));
        return bytes.toByteArray();
    }

    private static byte[] entryTile(Handle handle, Tile tile) {
        return EntryBundle.of(
                AuditTree.placed(handle, tile.index() * Tile.WIDTH, tile.index() * Tile.WIDTH + tile.width()).stream()
                        .map(entry -> entry.body().orElse("").getBytes(StandardCharsets.UTF_8))
                        .toList());
    }

    @Override
    public Optional<Sequenced> sequence(int most, AuditSigner signer, List<SignedNote> known) {
        return sql.write(handle -> AuditSequence.sequence(handle, most, signer, known));
    }

    @Override
    public long size() {
        return sql.read(AuditTree::size);
    }

    @Override
    public List<PlacedEntry> placed(long from, long end) {
        return sql.read(handle -> AuditTree.placed(handle, from, end));
    }

    @Override
    public List<SignedNote> checkpoints(long above, long most) {
        return sql.read(handle -> handle.createQuery(
                        "select note from audit.checkpoints where size > :above and size <= :most order by size, signed_at")
                .bind("above", above)
                .bind("most", most)
                .mapTo(String.class)
                .map(SignedNote::parse)
                .list());
    }

    @Override
    public long unplaced(Duration age) {
        return sql.read(handle -> handle.createQuery(UNPLACED)
                .bind("seconds", age.toSeconds())
                .mapTo(Long.class)
                .one());
    }
}
