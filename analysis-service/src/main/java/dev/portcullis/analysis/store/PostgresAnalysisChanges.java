package dev.portcullis.analysis.store;

import dev.portcullis.analysis.run.AnalysisChanges;
import dev.portcullis.analysis.run.UnknownPositionException;
import dev.portcullis.kit.database.RowChanges;
import dev.portcullis.kit.database.UnknownSnapshotException;
import java.util.UUID;
import javax.sql.DataSource;

/** Changes of table analysis; a position is a snapshot of the database. Thread-safe. */
public final class PostgresAnalysisChanges implements AnalysisChanges {
    private static final String CHANGED = """
            select a.id, a.changed from analysis a where a.purpose = 'RELEASE' and %s
            union all select d.id, d.changed from deleted_record d where %s""".formatted(RowChanges.condition("a"), RowChanges.condition("d"));

    private final RowChanges<UUID> changes;

    /** @param untraced without spans: it is asked many times a second, and belongs to no trace */
    public PostgresAnalysisChanges(DataSource untraced) {
        changes = new RowChanges<>(untraced, CHANGED, (row, context) -> row.getObject("id", UUID.class));
    }

    @Override
    public String now() {
        return changes.now();
    }

    @Override
    public Look since(String position) {
        try {
            var look = changes.since(position);
            return new Look(look.snapshot(), look.changed());
        } catch (UnknownSnapshotException e) {
            throw new UnknownPositionException(e);
        }
    }
}
