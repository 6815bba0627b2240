package dev.portcullis.kit.audit.store;

import org.jdbi.v3.core.Jdbi;

/** What the audit log has fetched of an outbox. It stays there for a week, within which a log that was lost may have come back from a backup. Thread-safe. */
public final class FetchedEntries {
    /** The table they are in. */
    public static final String TABLE = "audit_outbox";

    private static final int MOST = 1_000;

    /** The newest stays: by it the outbox knows that it is fetched from at all. */
    private static final String DELETE = """
        delete from audit_outbox where number in (
          select number from audit_outbox f
          where written_at < clock_timestamp() - interval '7 days'
            and not exists (select from audit_waiting w where w.number = f.number)
            and number < (select max(number) from audit_outbox n
                          where not exists (select from audit_waiting w where w.number = n.number))
          order by number limit :most)\
        """;

    private final Jdbi jdbi;

    public FetchedEntries(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Deletes a batch of the oldest that were written more than a week ago, by the clock of the database, and answers how many. */
    public int delete() {
        return jdbi.withHandle(
                handle -> handle.createUpdate(DELETE).bind("most", MOST).execute());
    }
}
