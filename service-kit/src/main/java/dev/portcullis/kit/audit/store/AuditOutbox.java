package dev.portcullis.kit.audit.store;

import dev.portcullis.kit.audit.AuditActor;
import dev.portcullis.kit.audit.AuditEntries;
import dev.portcullis.kit.audit.AuditEntry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * What a service has to tell the audit log, in its own schema until gate-service, which keeps the log, has fetched it. An entry is written in the transaction of what it
 * tells: if it cannot be, that is not done. Thread-safe.
 */
public final class AuditOutbox implements AuditEntries {
    private static final String INSERT = """
        with entry as (insert into audit_outbox (body) values (:body) returning number)
        insert into audit_waiting (number) select number from entry\
        """;

    private static final String WAITING = """
        select id, body from audit_outbox join audit_waiting using (number) order by number limit :limit\
        """;

    private static final String RECORDED = """
        delete from audit_waiting where number in (select number from audit_outbox where id = any(:ids))\
        """;

    private static final String BACKLOG = """
        select count(*) as entries, coalesce(extract(epoch from clock_timestamp() - min(written_at)), 0) as seconds,
          exists (select from audit_outbox f where not exists (select from audit_waiting w where w.number = f.number)) as fetched
        from audit_outbox join audit_waiting using (number)\
        """;

    private final Jdbi jdbi;
    private final AuditRecorder recorder;
    private final Supplier<UUID> ids;

    /** @param recorder into {@link #add} */
    public AuditOutbox(Jdbi jdbi, AuditRecorder recorder, Supplier<UUID> ids) {
        this.jdbi = jdbi;
        this.recorder = recorder;
        this.ids = ids;
    }

    /** Adds a row to the outbox. */
    public static void add(Handle handle, byte[] body) {
        try (var update = handle.createUpdate(INSERT)) {
            update.bind("body", new String(body, StandardCharsets.UTF_8)).execute();
        }
    }

    @Override
    public void record(AuditEntry entry) {
        jdbi.useTransaction(handle -> record(handle, entry));
    }

    /** Adds an entry in the transaction of what it tells. */
    public void record(Handle handle, AuditEntry entry) {
        recorder.record(handle, entry.identified(ids.get()));
    }

    /** Who is called that in a record of the present work: the service itself, or whoever calls. */
    public AuditActor actor(String name) {
        return recorder.actor(name);
    }

    /** Whoever calls now. */
    public AuditActor actor() {
        return recorder.actor();
    }

    /**
     * An entry on its way to the log.
     *
     * @param id also in the body
     * @param body canonical JSON
     */
    public record Waiting(UUID id, String body) {}

    /** The oldest entries that wait, after those are taken off that the log has. */
    public List<Waiting> handOver(Collection<UUID> recorded, int limit) {
        return jdbi.inTransaction(handle -> {
            if (!recorded.isEmpty()) {
                handle.createUpdate(RECORDED)
                        .bindArray("ids", UUID.class, recorded.toArray())
                        .execute();
            }
            return handle.createQuery(WAITING)
                    .bind("limit", limit)
                    .map((row, context) -> new Waiting(row.getObject("id", UUID.class), row.getString("body")))
                    .list();
        });
    }

    /**
     * What waits.
     *
     * @param entries how many, 0 or more
     * @param age of the oldest; zero when none waits
     * @param fetched whether gate-service has ever fetched one: a service may be used without it
     */
    public record Backlog(long entries, Duration age, boolean fetched) {}

    /** What waits now. */
    public Backlog backlog() {
        return jdbi.withHandle(handle -> handle.createQuery(BACKLOG)
                .map((row, context) -> new Backlog(
                        row.getLong("entries"),
                        Duration.ofMillis((long) (1e3 * row.getDouble("seconds"))),
                        row.getBoolean("fetched")))
                .one());
    }
}
