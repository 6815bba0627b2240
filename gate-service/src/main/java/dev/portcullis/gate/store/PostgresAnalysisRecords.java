package dev.portcullis.gate.store;

import dev.portcullis.gate.release.AnalysisRecords;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.WantedRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The records of analyses in PostgreSQL. Thread-safe. */
public final class PostgresAnalysisRecords implements AnalysisRecords {
    private static final String WANT = """
            insert into analysis_records (release_id, analysis, state, next_try) values (:release, :analysis, 'WANTED', :now)
            on conflict (release_id) do nothing""";

    private static final String TAKE = """
            update analysis_records set next_try = :next
            where release_id in (select release_id from analysis_records where state = 'WANTED' and next_try <= :now
                                 order by next_try limit :limit for update skip locked)
            returning release_id, analysis""";

    private static final String KEEP = """
            update analysis_records set state = 'KEPT', record = :record where release_id = :release and state = 'WANTED'""";

    private static final String GONE =
            "update analysis_records set state = 'GONE' where release_id = :release and state = 'WANTED'";

    private final Sql sql;

    public PostgresAnalysisRecords(Jdbi jdbi) {
        this.sql = new Sql(jdbi);
    }

    /** Inside the transaction that ends a release. */
    static void want(Handle handle, Release ended) {
        if (!ended.analysis().isEmpty()) {
            handle.createUpdate(WANT)
                    .bind("release", ended.id())
                    .bind("analysis", ended.analysis())
                    .bind("now", ended.ended())
                    .execute();
        }
    }

    @Override
    public List<WantedRecord> take(Instant now, Instant next, int limit) {
        return sql.read(handle -> handle.createQuery(TAKE)
                .bind("now", now)
                .bind("next", next)
                .bind("limit", limit)
                .map((row, context) ->
                        new WantedRecord(row.getObject("release_id", UUID.class), row.getString("analysis")))
                .list());
    }

    @Override
    public void keep(UUID release, byte[] record) {
        sql.read(handle -> handle.createUpdate(KEEP)
                .bind("release", release)
                .bind("record", record)
                .execute());
    }

    @Override
    public void gone(UUID release) {
        sql.read(handle -> handle.createUpdate(GONE).bind("release", release).execute());
    }

    @Override
    public Optional<byte[]> find(UUID release) {
        return sql.read(handle -> handle.createQuery(
                        "select record from analysis_records where release_id = :release and state = 'KEPT'")
                .bind("release", release)
                .mapTo(byte[].class)
                .findOne());
    }
}
