package dev.portcullis.analysis.store;

import dev.portcullis.analysis.run.PastWindow;
import dev.portcullis.analysis.run.StableHistories;
import dev.portcullis.analysis.run.StableHistory;
import dev.portcullis.analysis.run.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Measurements as rows of table stable_history, taken from the windows of analyses. */
public final class PostgresStableHistories implements StableHistories {
    private final Jdbi jdbi;

    public PostgresStableHistories(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public Optional<StableHistory> find(String service) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select history from stable_history where service = :service")
                        .bind("service", service)
                        .map((row, context) -> RowReader.of(
                                "stable_history " + service,
                                () -> Documents.STABLE_HISTORY.read(row.getString("history"), service)))
                        .findOne());
    }

    @Override
    public List<PastWindow> windows(String service, int limit) {
        return jdbi.inTransaction(handle -> {
            List<PastWindow> found = new ArrayList<>();
            for (var analysis : analyses(handle, service, limit)) {
                if (found.size() >= limit) {
                    break;
                }
                WindowRows.read(handle, analysis).stream()
                        .limit(limit - found.size())
                        .map(window -> past(analysis, window))
                        .forEach(found::add);
            }
            return found;
        });
    }

    /** Newest first; none has less than a window, so that no more can be needed. */
    private static List<UUID> analyses(Handle handle, String service, int limit) {
        return handle.createQuery("""
                        select id from analysis where service = :service and purpose = 'RELEASE' and window_count > 0
                        order by create_time desc, id desc limit :limit""")
                .bind("service", service)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list();
    }

    private static PastWindow past(UUID analysis, Window window) {
        return new PastWindow(analysis, Duration.between(window.start(), window.end()), window.baselineHalves());
    }

    @Override
    public void save(String service, StableHistory history) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into stable_history (service, measure_time, history)
                        values (:service, :time, cast(:history as jsonb))
                        on conflict (service) do update set measure_time = excluded.measure_time, history = excluded.history
                        where stable_history.measure_time <= excluded.measure_time""")
                .bind("service", service)
                .bind("time", history.time())
                .bind("history", Documents.STABLE_HISTORY.write(history))
                .execute());
    }
}
