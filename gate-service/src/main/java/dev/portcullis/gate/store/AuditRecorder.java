package dev.portcullis.gate.store;

import dev.portcullis.gate.audit.AuditEntry;
import dev.portcullis.gate.audit.AuditSurroundings;
import dev.portcullis.kit.transparency.TreeHash;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Adds entries to the audit log inside the transaction of what they tell: one is not without the other. Thread-safe. */
public final class AuditRecorder {
    private static final String INSERT = "insert into audit.entries (body, leaf_hash) values (:body, :hash)";

    private final Supplier<AuditSurroundings> surroundings;

    /** @param surroundings of the present work */
    public AuditRecorder(Supplier<AuditSurroundings> surroundings) {
        this.surroundings = surroundings;
    }

    void record(Handle handle, AuditEntry entry) {
        var body = entry.body(surroundings.get());
        handle.createUpdate(INSERT)
                .bind("body", new String(body, StandardCharsets.UTF_8))
                .bind("hash", TreeHash.ofLeaf(body).bytes())
                .execute();
    }
}
