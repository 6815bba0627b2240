package dev.portcullis.gate.store;

import dev.portcullis.gate.release.ReleaseVersions;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** What changes in the rows of tables releases and rollback_orders. Thread-safe. */
public final class PostgresReleaseVersions implements ReleaseVersions {
    private static final String VERSIONS = """
            select r.id, concat_ws('/', r.state, r.latest_decision, r.analysis, r.served_at, r.ended_at,
                                   o.state, o.rollback, md5(o.detail)) as version
            from releases r left join rollback_orders o on o.release_id = r.id
            where r.id = any(:ids)""";

    private final Jdbi polling;

    /** @param polling without spans: it is asked several times a second, and belongs to no trace */
    public PostgresReleaseVersions(Jdbi polling) {
        this.polling = polling;
    }

    @Override
    public Map<UUID, String> of(Set<UUID> ids) {
        return polling.withHandle(handle -> handle.createQuery(VERSIONS)
                .bindArray("ids", UUID.class, ids)
                .map((row, context) -> Map.entry(row.getObject("id", UUID.class), row.getString("version")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }
}
