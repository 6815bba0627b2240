package dev.portcullis.gate.usecase;

import dev.portcullis.gate.audit.AuditFilter;
import dev.portcullis.gate.audit.AuditLog;
import dev.portcullis.gate.audit.ProductionChange;
import dev.portcullis.gate.audit.RecordedEntry;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.kit.audit.AuditAction;
import dev.portcullis.kit.audit.AuditActor;
import dev.portcullis.kit.audit.AuditEntry;
import dev.portcullis.kit.transparency.SignedNote;
import dev.portcullis.kit.transparency.Tile;
import dev.portcullis.kit.transparency.TlogProof;
import dev.portcullis.kit.transparency.VerifierKey;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the audit log. Who reads entries is an entry himself, recorded before he gets any. Thread-safe. */
public final class ReadAuditLog {
    private static final int MOST_CHANGES = 10_000;

    private final AuditLog log;
    private final List<VerifierKey> witnesses;
    private final Clock clock;

    /** @param witnesses those of the log; may be empty */
    public ReadAuditLog(AuditLog log, List<VerifierKey> witnesses, Clock clock) {
        this.log = log;
        this.witnesses = List.copyOf(witnesses);
        this.clock = clock;
    }

    /** One page of entries, newest first. */
    public Page<RecordedEntry> list(AuditFilter filter, OptionalLong before, int size, AuditActor reader) {
        record(reader, wanted(filter, before));
        return Page.of(log.list(filter, before, size + 1), size, RecordedEntry::id);
    }

    private static Map<String, Object> wanted(AuditFilter filter, OptionalLong before) {
        var wanted = new HashMap<String, Object>();
        filter.service().ifPresent(service -> wanted.put("service", service));
        filter.object().ifPresent(object -> wanted.put("object", object));
        filter.action().ifPresent(action -> wanted.put("action", action.name()));
        filter.actor().ifPresent(actor -> wanted.put("actor", actor));
        filter.from().ifPresent(from -> wanted.put("from", from.toString()));
        filter.to().ifPresent(to -> wanted.put("to", to.toString()));
        before.ifPresent(id -> wanted.put("before", id));
        return wanted;
    }

    private void record(AuditActor reader, Map<String, ?> wanted) {
        log.record(new AuditEntry(
                clock.instant(),
                AuditAction.READ_AUDIT_LOG,
                reader,
                Optional.empty(),
                Optional.empty(),
                AuditEntry.Outcome.SUCCESS,
                "",
                Map.of("read", wanted)));
    }

    /**
     * Proofs that entries are in the log.
     *
     * @param checkpoint under which; one from before the entries were read has below it none that is not among them
     * @return in the same order; empty for an entry that is not under it
     */
    public List<Optional<TlogProof>> proofs(SignedNote checkpoint, List<RecordedEntry> entries) {
        return log.proofs(
                checkpoint,
                entries.stream().map(entry -> entry.index().orElse(-1)).toList());
    }

    /** The proof of the entry at a place; empty when there is none yet. Tells nothing of what the entry says, so it is no reading of it. */
    public Optional<TlogProof> proof(long index) {
        return log.checkpoint()
                .flatMap(checkpoint -> log.proofs(checkpoint, List.of(index)).getFirst());
    }

    /**
     * The releases that were opened in a period, oldest first: all of them.
     *
     * @throws InvalidFieldException when they are too many for one answer
     */
    public List<ProductionChange> changes(Instant from, Instant to, AuditActor reader) {
        record(reader, Map.of("changes", Map.of("from", from.toString(), "to", to.toString())));
        var found = log.changes(from, to, MOST_CHANGES + 1);
        if (found.size() > MOST_CHANGES) {
            throw new InvalidFieldException(
                    "to",
                    "is too late: more than " + MOST_CHANGES
                            + " releases were opened since then; ask for shorter periods");
        }
        return found;
    }

    /** The checkpoint of so many entries; empty when none was signed. */
    public Optional<SignedNote> checkpoint(long size) {
        return log.checkpoint(size);
    }

    /** The newest checkpoint; empty while nothing is signed. */
    public Optional<SignedNote> checkpoint() {
        return log.checkpoint();
    }

    /** The newest checkpoint that all witnesses have cosigned; empty when there is none, or no witness. */
    public Optional<SignedNote> witnessedCheckpoint() {
        return witnesses.isEmpty() ? Optional.empty() : log.checkpoint(witnesses);
    }

    /** A tile; empty when there is none. */
    public Optional<byte[]> tile(Tile tile, AuditActor reader) {
        if (tile.level().isEmpty()) {
            record(reader, Map.of("tile", tile.path()));
        }
        return log.tile(tile);
    }
}
