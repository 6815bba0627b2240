package dev.portcullis.gate.store;

import dev.portcullis.gate.audit.HandedEntry;
import dev.portcullis.kit.transparency.TreeHash;
import java.nio.charset.StandardCharsets;
import org.jdbi.v3.core.Handle;

/** Entries of the audit log as rows, written inside somebody else's transaction. */
public final class AuditRows {
    private static final String INSERT = "insert into audit.entries (body, leaf_hash) values (:body, :hash)";

    private static final String TAKE = """
            insert into audit.entries (body, leaf_hash)
            select :body, :hash where cast(:body as jsonb) ->> 'id' = :id
            on conflict ((body::jsonb ->> 'id')) where body::jsonb ->> 'id' is not null do nothing""";

    private static final String THERE =
            "select exists (select from audit.entries where body::jsonb ->> 'id' = :id and body = :body)";

    private AuditRows() {}

    /** Adds an entry of the gate's own. */
    public static void add(Handle handle, byte[] body) {
        handle.createUpdate(INSERT)
                .bind("body", new String(body, StandardCharsets.UTF_8))
                .bind("hash", TreeHash.ofLeaf(body).bytes())
                .execute();
    }

    /** Adds an entry of another service unless it is there. */
    static void take(Handle handle, HandedEntry entry) {
        var hash = TreeHash.ofLeaf(entry.body().getBytes(StandardCharsets.UTF_8));
        var added = handle.createUpdate(TAKE)
                .bind("body", entry.body())
                .bind("hash", hash.bytes())
                .bind("id", entry.id().toString())
                .execute();
        if (added == 0 && !isThere(handle, entry)) {
            throw new IllegalArgumentException("entry " + entry.id()
                    + " of another service has not its id in it, or is another than it was before");
        }
    }

    private static boolean isThere(Handle handle, HandedEntry entry) {
        return handle.createQuery(THERE)
                .bind("id", entry.id().toString())
                .bind("body", entry.body())
                .mapTo(Boolean.class)
                .one();
    }
}
