package dev.portcullis.analysis.store;

import dev.portcullis.analysis.run.RunVersions;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** The versions of the rows of table analysis. Thread-safe. */
public final class PostgresRunVersions implements RunVersions {
    private final Jdbi polling;

    /** @param polling without spans: it is asked several times a second, and belongs to no trace */
    public PostgresRunVersions(Jdbi polling) {
        this.polling = polling;
    }

    @Override
    public Map<UUID, String> of(Set<UUID> ids) {
        return polling.withHandle(handle -> handle.createQuery("select id, version from analysis where id = any(:ids)")
                .bindArray("ids", UUID.class, ids)
                .map((row, context) -> Map.entry(row.getObject("id", UUID.class), row.getString("version")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }
}
