package dev.portcullis.rollback.store;

import dev.portcullis.rollback.lifecycle.ListPosition;
import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.lifecycle.RollbackFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jdbi.v3.core.Handle;

/** The ways to read rollbacks, each within a transaction of its caller's. */
final class RollbackQueries {
    private RollbackQueries() {}

    /** @param condition on the table rollback, made of this package's own texts, with the parameter :key */
    static Optional<Rollback> findBy(Handle handle, String condition, Object key) {
        try (var query = handle.createQuery(joined("where " + condition))) {
            return RollbackRows.read(query.bind("key", key)).stream().findFirst();
        }
    }

    /** Newest first; those that cannot be read are left out. */
    static List<Rollback> list(Handle handle, RollbackFilter filter, Optional<ListPosition> after, int limit) {
        List<Rollback> found = new ArrayList<>();
        var from = after;
        while (true) {
            var wanted = limit - found.size();
            var page = page(handle, filter, from, wanted);
            page.forEach((position, rollback) -> rollback.ifPresent(found::add));
            if (page.size() < wanted || found.size() == limit) {
                return found;
            }
            from = Optional.of(page.lastEntry().getKey());
        }
    }

    private static SequencedMap<ListPosition, Optional<Rollback>> page(
            Handle handle, RollbackFilter filter, Optional<ListPosition> after, int limit) {
        var where = "where true" + (filter.service().isPresent() ? " and service = :service" : "")
                + (filter.state().isPresent() ? " and state = :state" : "")
                + (filter.drills().isPresent() ? " and (mode <> 'LIVE') = :drills" : "")
                + (after.isPresent() ? " and (create_time, id) < (:createTime, :id)" : "")
                + " order by create_time desc, id desc limit :limit";
        try (var query = handle.createQuery(joined(where)).bind("limit", limit)) {
            filter.service().ifPresent(service -> query.bind("service", service));
            filter.state().ifPresent(state -> query.bind("state", state.name()));
            filter.drills().ifPresent(drills -> query.bind("drills", drills));
            after.ifPresent(last ->
                    query.bind("createTime", TimeColumns.utc(last.createTime())).bind("id", last.id()));
            return RollbackRows.readable(query);
        }
    }

    /** @param which the rest of a query on rollback, made of this package's own texts and named parameters only */
    private static String joined(String which) {
        return """
                select r.*, s.stage step_stage, s.kind step_kind, s.state step_state, s.attempts step_attempts,
                  s.round step_round, s.effect step_effect, s.seen_before step_seen_before,
                  s.seen_after step_seen_after, s.looked_millis step_looked_millis, s.revision step_revision,
                  s.start_time step_start_time, s.end_time step_end_time
                from (select * from rollback %s) r join rollback_step s on s.rollback_id = r.id
                order by r.create_time desc, r.id desc, s.position""".formatted(which);
    }
}
