package dev.portcullis.analysis.store;

import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.query.Arm;
import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.AnalysisState;
import dev.portcullis.analysis.run.Measurement;
import dev.portcullis.analysis.run.MeasuringStatus;
import dev.portcullis.analysis.run.Purpose;
import dev.portcullis.analysis.run.RunPlan;
import dev.portcullis.analysis.run.RunStatus;
import dev.portcullis.analysis.run.UnreadableRecordException;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.kit.document.DocumentColumn;
import dev.portcullis.kit.text.PlainText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of table analysis: written from and read into an analysis. */
final class AnalysisRow {
    private AnalysisRow() {}

    /** The columns that are written once. */
    static Map<String, @Nullable Object> fixed(AnalysisRun run, @Nullable UUID requestId) {
        var plan = run.plan();
        var columns = new HashMap<String, @Nullable Object>();
        columns.put("requestId", requestId);
        columns.put("purpose", plan.purpose().name());
        columns.put("service", plan.objectives().service());
        columns.put("canary", plan.arms().canary().value());
        var baseline = plan.arms().baseline();
        columns.put("baseline", baseline == null ? null : baseline.value());
        columns.put("plan", Documents.PLAN.write(plan.objectives()));
        columns.put("traceparent", plan.traceparent());
        columns.put("history", optional(Documents.HISTORY, plan.history()));
        columns.put("previousRelease", optional(Documents.PREVIOUS_RELEASE, plan.previous()));
        columns.put("createTime", plan.begin());
        return columns;
    }

    /** The columns that change from poll to poll, and the key. */
    static Map<String, @Nullable Object> changing(AnalysisRun run) {
        var measurement = run.measurement();
        var status = run.status();
        var columns = new HashMap<String, @Nullable Object>();
        columns.put("id", run.id());
        columns.put("version", run.version());
        columns.put("state", status.state().name());
        columns.put("verdict", status.verdict().name());
        columns.put("updateTime", status.updateTime());
        columns.put("endTime", status.endTime());
        columns.put("nextPollAt", status.nextPoll());
        var reason = status.cancelReason();
        columns.put("cancelReason", reason == null ? null : PlainText.of(reason));
        columns.put("measuring", measurement.measuringStatus().state().name());
        // Of what others said, and may have anything in it.
        columns.put(
                "measuringDetail", PlainText.of(measurement.measuringStatus().detail()));
        columns.put("notes", Documents.NOTES.write(measurement.notes()));
        columns.put("counterState", Documents.COUNTER_STATE.write(measurement.counters()));
        columns.put("openWindow", optional(Documents.OPEN_WINDOW, measurement.open()));
        columns.put("totals", Documents.TOTALS.write(measurement.totals()));
        columns.put("windowCount", measurement.windowCount());
        columns.put("evaluation", Documents.EVALUATION.write(run.assessment()));
        return columns;
    }

    private static <T> @Nullable String optional(DocumentColumn<T> column, @Nullable T document) {
        return document == null ? null : column.write(document);
    }

    /** @throws UnreadableRecordException when any part of it cannot be read */
    static AnalysisRun read(ResultSet row) throws SQLException {
        var id = row.getObject("id", UUID.class);
        return RowReader.of(
                "analysis " + id,
                () -> new AnalysisRun(
                        id,
                        plan(id, row),
                        status(row),
                        measurement(id, row),
                        Documents.EVALUATION.read(row.getString("evaluation"), id),
                        row.getLong("version")));
    }

    private static RunPlan plan(UUID id, ResultSet row) throws SQLException {
        var objectives = Documents.PLAN.read(row.getString("plan"), id);
        return new RunPlan(
                Purpose.valueOf(row.getString("purpose")),
                objectives,
                arms(objectives, row.getString("canary"), row.getString("baseline")),
                instant(row, "create_time"),
                row.getString("traceparent"),
                optional(Documents.HISTORY, row.getString("history"), id),
                optional(Documents.PREVIOUS_RELEASE, row.getString("previous_release"), id));
    }

    private static <T> @Nullable T optional(DocumentColumn<T> column, @Nullable String text, UUID id) {
        return text == null ? null : column.read(text, id);
    }

    private static Arms arms(ServiceObjectives objectives, String canary, @Nullable String baseline) {
        var named = objectives.baseline().label();
        var label = named == null ? objectives.armLabel() : named;
        return new Arms(new Arm(objectives.armLabel(), canary), baseline == null ? null : new Arm(label, baseline));
    }

    private static RunStatus status(ResultSet row) throws SQLException {
        return new RunStatus(
                AnalysisState.valueOf(row.getString("state")),
                Verdict.valueOf(row.getString("verdict")),
                instant(row, "update_time"),
                optionalInstant(row, "end_time"),
                optionalInstant(row, "next_poll_at"),
                row.getString("cancel_reason"));
    }

    private static Measurement measurement(UUID id, ResultSet row) throws SQLException {
        var measuringStatus = new MeasuringStatus(
                MeasuringStatus.State.valueOf(row.getString("measuring")),
                row.getString("measuring_detail"),
                Documents.NOTES.read(row.getString("notes"), id));
        return new Measurement(
                measuringStatus,
                Documents.COUNTER_STATE.read(row.getString("counter_state"), id),
                optional(Documents.OPEN_WINDOW, row.getString("open_window"), id),
                Documents.TOTALS.read(row.getString("totals"), id),
                row.getInt("window_count"));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }

    private static @Nullable Instant optionalInstant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
