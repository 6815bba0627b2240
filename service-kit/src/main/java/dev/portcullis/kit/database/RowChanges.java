package dev.portcullis.kit.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows that have changed since an earlier look, whichever replica changed them. Each row bears the transaction that changed it last, in a column
 * {@code changed xid8}; a look finds those whose transaction the snapshot of the look before could not see. So every change is found by the first look that begins
 * after its commit, however long its transaction took, and by no other. Thread-safe.
 *
 * <p>A deleted row is found only by what was written about it elsewhere.
 *
 * @param <T> what is told of a changed row
 */
public final class RowChanges<T> {
    /** SQL state of a text that is no value of its type. */
    private static final String NO_SNAPSHOT = "22P02";

    /** As PostgreSQL writes one: what is no snapshot may be no text to it either. */
    private static final Pattern SNAPSHOT = Pattern.compile("[0-9]+:[0-9]+:[0-9,]*");

    private static final String LOOK = """
            select pg_current_snapshot() as now, pg_snapshot_xmax(since.snapshot) <= pg_snapshot_xmax(pg_current_snapshot()) as known, found.*
            from (select cast(:since as pg_snapshot) as snapshot) since left join lateral (%s) found on true""";

    private final Jdbi polling;
    private final String look;
    private final RowMapper<T> mapper;

    /**
     * @param untraced asked without spans, since it is asked many times a second and belongs to no trace
     * @param query selects {@code changed}, and what the mapper reads, of the rows that fulfil {@link #condition}
     */
    public RowChanges(DataSource untraced, String query, RowMapper<T> mapper) {
        this.polling = Jdbi.create(untraced);
        this.look = LOOK.formatted(query);
        this.mapper = mapper;
    }

    /** What a query has to ask of a table, so that an index on its column {@code changed} is used. Rows of a restored backup may bear transactions that are yet to come. */
    public static String condition(String table) {
        return """
                %1$s.changed >= pg_snapshot_xmin(since.snapshot) and not pg_visible_in_snapshot(%1$s.changed, since.snapshot)
                and %1$s.changed < pg_snapshot_xmax(pg_current_snapshot())""".formatted(table);
    }

    /** A snapshot to begin with: nothing that was committed before is found after it. */
    public String now() {
        return polling.withHandle(handle -> handle.select("select pg_current_snapshot()")
                .mapTo(String.class)
                .one());
    }

    /**
     * Looks.
     *
     * @param snapshot that of the look before, or {@link #now()}
     * @throws UnknownSnapshotException when it was not given by this database
     */
    public Look<T> since(String snapshot) {
        if (!SNAPSHOT.matcher(snapshot).matches()) {
            throw new UnknownSnapshotException(snapshot);
        }
        return polling.withHandle(handle -> {
            try (var query = handle.createQuery(look)) {
                var rows = query.bind("since", snapshot)
                        .map((row, context) -> new Row<>(
                                row.getString("now"),
                                row.getBoolean("known"),
                                row.getObject("changed") == null
                                        ? Optional.<T>empty()
                                        : Optional.of(mapper.map(row, context))))
                        .list();
                return look(rows, snapshot);
            } catch (JdbiException e) {
                throw saysNoSnapshot(e) ? new UnknownSnapshotException(snapshot) : e;
            }
        });
    }

    private static <T> Look<T> look(List<Row<T>> rows, String since) {
        var first = rows.getFirst();
        if (!first.known()) {
            throw new UnknownSnapshotException(since);
        }
        List<T> changed = new ArrayList<>();
        rows.forEach(row -> row.changed().ifPresent(changed::add));
        return new Look<>(first.now(), List.copyOf(changed));
    }

    private static boolean saysNoSnapshot(JdbiException e) {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return NO_SNAPSHOT.equals(sql.getSQLState());
            }
        }
        return false;
    }

    /**
     * What a look has found.
     *
     * @param snapshot for the next look
     * @param changed in any order
     */
    public record Look<T>(String snapshot, List<T> changed) {}

    private record Row<T>(String now, boolean known, Optional<T> changed) {}
}
