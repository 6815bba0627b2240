package dev.portcullis.gate.store;

import dev.portcullis.gate.audit.AuditActor;
import dev.portcullis.gate.audit.AuditEntry;
import dev.portcullis.gate.audit.AuditSurroundings;
import dev.portcullis.gate.decision.Origin;
import dev.portcullis.kit.identity.Caller;
import dev.portcullis.kit.transparency.TreeHash;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Adds entries to the audit log inside the transaction of what they tell: one is not without the other. Thread-safe. */
public final class AuditRecorder {
    private static final String INSERT = "insert into audit.entries (body, leaf_hash) values (:body, :hash)";

    private final Supplier<AuditSurroundings> surroundings;
    private final Supplier<Caller> caller;

    /**
     * Made once per process.
     *
     * @param surroundings of the present work
     * @param caller whom it is done for
     */
    public AuditRecorder(Supplier<AuditSurroundings> surroundings, Supplier<Caller> caller) {
        this.surroundings = surroundings;
        this.caller = caller;
    }

    /** Who is called that in a record of the present work: the gate itself, or whoever calls. */
    AuditActor actor(String name) {
        return name.equals(Origin.GATE) ? AuditActor.service(Origin.GATE) : AuditActor.of(caller.get(), name);
    }

    void record(Handle handle, AuditEntry entry) {
        var body = entry.body(surroundings.get());
        handle.createUpdate(INSERT)
                .bind("body", new String(body, StandardCharsets.UTF_8))
                .bind("hash", TreeHash.ofLeaf(body).bytes())
                .execute();
    }
}
