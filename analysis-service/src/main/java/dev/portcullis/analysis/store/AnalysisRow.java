package dev.portcullis.analysis.store;

import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.metric.Arm;
import dev.portcullis.analysis.metric.Arms;
import dev.portcullis.analysis.metric.CounterState;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.Assessment;
import dev.portcullis.analysis.run.Measurement;
import dev.portcullis.analysis.run.Measuring;
import dev.portcullis.analysis.run.OpenWindow;
import dev.portcullis.analysis.run.PreviousRelease;
import dev.portcullis.analysis.run.Purpose;
import dev.portcullis.analysis.run.RunPlan;
import dev.portcullis.analysis.run.RunState;
import dev.portcullis.analysis.run.StableHistory;
import dev.portcullis.analysis.run.Standing;
import dev.portcullis.analysis.slo.ServiceObjectives;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of table analysis: written from and read into an analysis. Thread-safe. */
final class AnalysisRow {
    private final Documents documents;

    AnalysisRow(Documents documents) {
        this.documents = documents;
    }

    /** The columns that are written once. */
    Map<String, @Nullable Object> fixed(AnalysisRun run, @Nullable UUID requestId) {
        var plan = run.plan();
        var columns = new HashMap<String, @Nullable Object>();
        columns.put("requestId", requestId);
        columns.put("purpose", plan.purpose().name());
        columns.put("service", plan.objectives().service());
        columns.put("canary", plan.arms().canary().value());
        var baseline = plan.arms().baseline();
        columns.put("baseline", baseline == null ? null : baseline.value());
        columns.put("plan", documents.write(plan.objectives()));
        columns.put("traceparent", plan.traceparent());
        columns.put("history", documents.write(plan.history()));
        columns.put("previousRelease", documents.write(plan.previous()));
        columns.put("createTime", plan.begin());
        return columns;
    }

    /** The columns that change from poll to poll, and the key. */
    Map<String, @Nullable Object> changing(AnalysisRun run) {
        var measurement = run.measurement();
        var standing = run.standing();
        var columns = new HashMap<String, @Nullable Object>();
        columns.put("id", run.id());
        columns.put("version", run.version());
        columns.put("state", standing.state().name());
        columns.put("verdict", standing.verdict().name());
        columns.put("updateTime", standing.updateTime());
        columns.put("endTime", standing.endTime());
        columns.put("nextPollAt", standing.nextPoll());
        columns.put("cancelReason", standing.cancelReason());
        columns.put("measuring", measurement.measuring().state().name());
        columns.put("measuringDetail", measurement.measuring().detail());
        columns.put("notes", documents.write(measurement.notes()));
        columns.put("counterState", documents.write(measurement.counters()));
        columns.put("openWindow", documents.write(measurement.open()));
        columns.put("totals", documents.write(measurement.totals()));
        columns.put("windowCount", measurement.windowCount());
        columns.put("evaluation", documents.write(run.assessment()));
        return columns;
    }

    AnalysisRun read(ResultSet row) throws SQLException {
        return new AnalysisRun(
                row.getObject("id", UUID.class),
                plan(row),
                standing(row),
                measurement(row),
                documents.read(row.getString("evaluation"), Assessment.class),
                row.getLong("version"));
    }

    private RunPlan plan(ResultSet row) throws SQLException {
        var objectives = documents.read(row.getString("plan"), ServiceObjectives.class);
        var baseline = row.getString("baseline");
        var history = row.getString("history");
        var previous = row.getString("previous_release");
        return new RunPlan(
                Purpose.valueOf(row.getString("purpose")),
                objectives,
                arms(objectives, row.getString("canary"), baseline),
                instant(row, "create_time"),
                row.getString("traceparent"),
                history == null ? null : documents.read(history, StableHistory.class),
                previous == null ? null : documents.read(previous, PreviousRelease.class));
    }

    private static Arms arms(ServiceObjectives objectives, String canary, @Nullable String baseline) {
        var named = objectives.baseline().label();
        var label = named == null ? objectives.armLabel() : named;
        return new Arms(new Arm(objectives.armLabel(), canary), baseline == null ? null : new Arm(label, baseline));
    }

    private static Standing standing(ResultSet row) throws SQLException {
        return new Standing(
                RunState.valueOf(row.getString("state")),
                Verdict.valueOf(row.getString("verdict")),
                instant(row, "update_time"),
                optionalInstant(row, "end_time"),
                optionalInstant(row, "next_poll_at"),
                row.getString("cancel_reason"));
    }

    private Measurement measurement(ResultSet row) throws SQLException {
        var open = row.getString("open_window");
        var measuring = new Measuring(
                Measuring.State.valueOf(row.getString("measuring")),
                row.getString("measuring_detail"),
                documents.texts(row.getString("notes")));
        return new Measurement(
                measuring,
                documents.read(row.getString("counter_state"), CounterState.class),
                open == null ? null : documents.read(open, OpenWindow.class),
                documents.read(row.getString("totals"), Measurement.Totals.class),
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
