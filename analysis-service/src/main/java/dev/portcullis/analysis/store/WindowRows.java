package dev.portcullis.analysis.store;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.portcullis.analysis.run.UnreadableRecordException;
import dev.portcullis.analysis.run.Window;
import dev.portcullis.kit.document.DocumentColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The closed windows of analyses: a row each while one runs, and all in one document once it has ended, which is a fortieth of that. */
final class WindowRows {
    private static final Logger LOG = LoggerFactory.getLogger(WindowRows.class);
    /** More take too long to be put together in the transaction that ends the analysis. */
    private static final int MOST_TOGETHER = 10_000;

    private static final ZippedDocument<List<Window>> TOGETHER = new ZippedDocument<>(DocumentColumn.of(
            "ended_windows.windows",
            2,
            new TypeReference<List<StoredWindow>>() {},
            windows -> Elements.of(windows, StoredWindow::of),
            StoredWindow::windows));

    private WindowRows() {}

    static void append(Handle handle, UUID analysis, Window window) {
        handle.createUpdate("""
                        insert into analysis_window (analysis_id, position, start_time, end_time, counts, baseline_halves)
                        values (:id, :position, :start, :end, cast(:counts as jsonb), cast(:halves as jsonb))""")
                .bind("id", analysis)
                .bind("position", window.index())
                .bind("start", window.start())
                .bind("end", window.end())
                .bind("counts", Documents.COUNTS.write(window.counts()))
                .bind("halves", Documents.BASELINE_HALVES.write(window.baselineHalves()))
                .execute();
    }

    /** Puts those of an analysis that has ended together; windows that cannot be read stay as they are, for whoever can. */
    static void together(Handle handle, UUID analysis, int number) {
        if (number == 0 || number > MOST_TOGETHER) {
            return;
        }
        try {
            handle.createUpdate("insert into ended_windows (analysis_id, windows) values (:id, :windows)")
                    .bind("id", analysis)
                    .bind("windows", TOGETHER.write(apart(handle, analysis)))
                    .execute();
            handle.createUpdate("delete from analysis_window where analysis_id = :id")
                    .bind("id", analysis)
                    .execute();
        } catch (UnreadableRecordException e) {
            LOG.warn("the windows of analysis {} are not put together: {}", analysis, e.getMessage());
        }
    }

    /**
     * Those of an analysis, oldest first. The rows are looked for first: what is put together meanwhile is found after that.
     *
     * @throws UnreadableRecordException when they cannot be read
     */
    static List<Window> read(Handle handle, UUID analysis) {
        var apart = apart(handle, analysis);
        return apart.isEmpty()
                ? handle.createQuery("select windows from ended_windows where analysis_id = :id")
                        .bind("id", analysis)
                        .map((row, context) -> RowReader.of(
                                "ended_windows " + analysis, () -> TOGETHER.read(row.getBytes("windows"), analysis)))
                        .findOne()
                        .orElse(List.of())
                : apart;
    }

    private static List<Window> apart(Handle handle, UUID analysis) {
        return handle.createQuery("""
                        select position, start_time, end_time, counts, baseline_halves
                        from analysis_window where analysis_id = :id order by position""")
                .bind("id", analysis)
                .map((row, context) -> RowReader.of("analysis_window " + analysis, () -> window(analysis, row)))
                .list();
    }

    private static Window window(UUID analysis, ResultSet row) throws SQLException {
        var position = row.getInt("position");
        var key = analysis + "/" + position;
        return new Window(
                position,
                AnalysisRow.instant(row, "start_time"),
                AnalysisRow.instant(row, "end_time"),
                Documents.COUNTS.read(row.getString("counts"), key),
                Documents.BASELINE_HALVES.read(row.getString("baseline_halves"), key));
    }
}
