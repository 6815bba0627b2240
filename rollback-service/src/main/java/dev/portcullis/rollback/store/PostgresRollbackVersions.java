package dev.portcullis.rollback.store;

import dev.portcullis.rollback.rollback.RollbackVersions;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** What changes in the rows of table rollback: their version, and that they are to be cancelled. Thread-safe. */
public final class PostgresRollbackVersions implements RollbackVersions {
    private static final String VERSIONS =
            "select id, concat_ws('/', version, cancel_time) as version from rollback where id = any(:ids)";

    private final Jdbi polling;

    /** @param polling without spans: it is asked several times a second, and belongs to no trace */
    public PostgresRollbackVersions(Jdbi polling) {
        this.polling = polling;
    }

    @Override
    public Map<UUID, String> of(Set<UUID> ids) {
        return polling.withHandle(handle -> {
            try (var query = handle.createQuery(VERSIONS)) {
                return query.bindArray("ids", UUID.class, ids)
                        .map((row, context) -> Map.entry(row.getObject("id", UUID.class), row.getString("version")))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            }
        });
    }
}
