package dev.portcullis.gate.store;

import dev.portcullis.gate.group.GroupChange;
import dev.portcullis.gate.group.GroupReleases;
import dev.portcullis.gate.group.ReleaseGroup;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The releases of groups in PostgreSQL. Thread-safe. */
public final class PostgresGroupReleases implements GroupReleases {
    /** Whoever promotes or aborts a release of a change locks the change, after the release: what one reads of the others stays so until he has written. That lock comes before that of the holds. */
    private static final String LOCK = "select 1 from pg_advisory_xact_lock(hashtextextended(:change, 0))";

    /** To which labels an index has the way. */
    private static final String OF_CHANGE = """
            r.labels <> '' and string_to_array(r.labels, ',') @> array[cast(:change as text)]
              and r.service = any(:services) and not r.dry_run""";

    private static final String FIND = ReleaseRows.SELECT + "where " + OF_CHANGE + " order by r.number desc limit 1000";

    /** What somebody else changes just now is judged by what was decided before it. */
    private static final String REVIEW = """
            update releases set next_review = :now where id in (
              select r.id from releases r
              where r.state = 'OPEN' and r.id <> :decided and r.next_review > :now and %s
              for update of r skip locked)""".formatted(OF_CHANGE);

    private final Sql sql;

    /** @param jdbi that of the releases, whose transactions a look takes part in */
    public PostgresGroupReleases(Jdbi jdbi) {
        this.sql = new Sql(jdbi);
    }

    @Override
    public GroupChange find(ReleaseGroup group, String change) {
        return sql.read(handle -> {
            lock(handle, group, change);
            return new GroupChange(
                    group,
                    change,
                    handle
                            .createQuery(FIND)
                            .bind("change", change)
                            .bindArray(
                                    "services", String.class, group.services().toArray())
                            .map(ReleaseRows::readable)
                            .stream()
                            .flatMap(Optional::stream)
                            .toList());
        });
    }

    private static void lock(Handle handle, ReleaseGroup group, String change) {
        handle.createQuery(LOCK)
                .bind("change", "release group " + group.name() + " " + change)
                .mapTo(Integer.class)
                .one();
    }

    @Override
    public void reviewOthers(ReleaseGroup group, String change, UUID decided, Instant now) {
        sql.read(handle -> handle.createUpdate(REVIEW)
                .bind("change", change)
                .bind("decided", decided)
                .bind("now", now)
                .bindArray("services", String.class, group.services().toArray())
                .execute());
    }
}
