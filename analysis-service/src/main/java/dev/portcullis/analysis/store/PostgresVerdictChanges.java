package dev.portcullis.analysis.store;

import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.run.AnalysisState;
import dev.portcullis.analysis.run.VerdictChange;
import dev.portcullis.analysis.run.VerdictChanges;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Changes of verdicts as table analysis has them. Thread-safe. */
public final class PostgresVerdictChanges implements VerdictChanges {
    private static final String RECENT = """
            select id, service, state, verdict, verdict_time from analysis
            where verdict_time > statement_timestamp() - make_interval(secs => :seconds)
            order by verdict_time""";

    private static final double MILLIS = 1_000;

    private final Jdbi polling;

    /** @param polling without spans: it is asked many times a second, and belongs to no trace */
    public PostgresVerdictChanges(Jdbi polling) {
        this.polling = polling;
    }

    @Override
    public List<VerdictChange> within(Duration back) {
        return polling.withHandle(handle -> handle.createQuery(RECENT)
                .bind("seconds", back.toMillis() / MILLIS)
                .map((row, context) -> change(row))
                .list());
    }

    private static VerdictChange change(ResultSet row) throws SQLException {
        return new VerdictChange(
                row.getObject("id", UUID.class),
                row.getString("service"),
                AnalysisState.valueOf(row.getString("state")),
                Verdict.valueOf(row.getString("verdict")),
                AnalysisRow.instant(row, "verdict_time"));
    }
}
