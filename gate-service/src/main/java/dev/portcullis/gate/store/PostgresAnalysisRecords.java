package dev.portcullis.gate.store;

import dev.portcullis.gate.release.AnalysisRecords;
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
            insert into analysis_records (release_id, analysis, state, next_try) values (:release, :analysis, 'WANTED', clock_timestamp())
            on conflict (release_id, analysis) do nothing""";

    private static final String TAKE = """
            update analysis_records set next_try = :next
            where (release_id, analysis) in (select release_id, analysis from analysis_records where state = 'WANTED' and next_try <= :now
                                 order by next_try limit :limit for update skip locked)
            returning release_id, analysis""";

    private static final String KEEP = """
            update analysis_records set state = 'KEPT', record = :record where release_id = :release and analysis = :analysis and state = 'WANTED'""";

    private static final String GONE =
            "update analysis_records set state = 'GONE' where release_id = :release and analysis = :analysis and state = 'WANTED'";

    private final Sql sql;

    public PostgresAnalysisRecords(Jdbi jdbi) {
        this.sql = new Sql(jdbi);
    }

    /** Inside the transaction after which a release is judged by an analysis no more; nothing when it is none. */
    static void want(Handle handle, UUID release, String analysis) {
        if (!analysis.isEmpty()) {
            handle.createUpdate(WANT)
                    .bind("release", release)
                    .bind("analysis", analysis)
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
    public void keep(WantedRecord wanted, byte[] record) {
        sql.read(handle -> handle.createUpdate(KEEP)
                .bind("release", wanted.release())
                .bind("analysis", wanted.analysis())
                .bind("record", record)
                .execute());
    }

    @Override
    public void gone(WantedRecord wanted) {
        sql.read(handle -> handle.createUpdate(GONE)
                .bind("release", wanted.release())
                .bind("analysis", wanted.analysis())
                .execute());
    }

    @Override
    public Optional<byte[]> find(UUID release, String analysis) {
        return sql.read(handle -> handle.createQuery(
                        "select record from analysis_records where release_id = :release and analysis = :analysis and state = 'KEPT'")
                .bind("release", release)
                .bind("analysis", analysis)
                .mapTo(byte[].class)
                .findOne());
    }
}
