package dev.portcullis.kit.database;

import dev.portcullis.kit.rpc.Versions;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** What has changed in rows that have an id, whichever replica changed them. Thread-safe. */
public final class RowVersions implements Versions {
    private final Jdbi polling;
    private final String query;

    /**
     * @param database asked without spans, since it is asked several times a second and belongs to no trace
     * @param query selects {@code id} and {@code version} of the rows whose id is in the array {@code :ids}; the version is another after each change that readers
     *     see, and never null
     */
    public RowVersions(Database database, String query) {
        this.polling = Jdbi.create(database.untraced());
        this.query = query;
    }

    @Override
    public Map<UUID, String> of(Set<UUID> ids) {
        return polling.withHandle(handle -> {
            try (var statement = handle.createQuery(query)) {
                return statement
                        .bindArray("ids", UUID.class, ids)
                        .map((row, context) -> Map.entry(row.getObject("id", UUID.class), row.getString("version")))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            }
        });
    }
}
