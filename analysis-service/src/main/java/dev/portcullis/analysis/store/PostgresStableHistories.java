package dev.portcullis.analysis.store;

import dev.portcullis.analysis.run.PastWindow;
import dev.portcullis.analysis.run.StableHistories;
import dev.portcullis.analysis.run.StableHistory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Measurements as rows of table stable_history, taken from those of analysis_window. */
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
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select w.analysis_id, w.position, w.start_time, w.end_time, w.baseline_halves
                        from analysis a join analysis_window w on w.analysis_id = a.id
                        where a.service = :service and a.purpose = 'RELEASE'
                        order by a.create_time desc, a.id desc, w.position limit :limit""")
                .bind("service", service)
                .bind("limit", limit)
                .map((row, context) -> RowReader.of("analysis_window of " + service, () -> window(row)))
                .list());
    }

    private static PastWindow window(ResultSet row) throws SQLException {
        var analysis = row.getObject("analysis_id", UUID.class);
        return new PastWindow(
                analysis,
                Duration.between(AnalysisRow.instant(row, "start_time"), AnalysisRow.instant(row, "end_time")),
                Documents.BASELINE_HALVES.read(
                        row.getString("baseline_halves"), analysis + "/" + row.getInt("position")));
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
