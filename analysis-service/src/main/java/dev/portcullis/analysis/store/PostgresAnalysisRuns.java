package dev.portcullis.analysis.store;

import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.AnalysisRuns;
import dev.portcullis.analysis.run.ListPosition;
import dev.portcullis.analysis.run.RunFilter;
import dev.portcullis.analysis.run.UnreadableRecordException;
import dev.portcullis.analysis.run.Window;
import dev.portcullis.kit.audit.store.AuditOutbox;
import dev.portcullis.kit.text.PlainText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Analyses as rows of table analysis, with their windows. */
public final class PostgresAnalysisRuns implements AnalysisRuns {
    /** Versions of analyses. */
    public static final String VERSIONS = "select id, version from analysis where id = any(:ids)";

    private static final Logger LOG = LoggerFactory.getLogger(PostgresAnalysisRuns.class);

    private final Jdbi jdbi;
    private final Jdbi polling;
    private final AuditOutbox audit;

    /**
     * @param jdbi for what belongs to a request or a poll
     * @param polling for the search for what is due, which belongs to no trace
     * @param audit is told of what a person cancels, in the transaction that writes it
     */
    public PostgresAnalysisRuns(Jdbi jdbi, Jdbi polling, AuditOutbox audit) {
        this.jdbi = jdbi;
        this.polling = polling;
        this.audit = audit;
    }

    @Override
    public Optional<AnalysisRun> find(UUID id) {
        return findBy("select * from analysis where id = :key", id);
    }

    @Override
    public Optional<AnalysisRun> findByRequest(UUID requestId) {
        return findBy("select * from analysis where request_id = :key", requestId);
    }

    private Optional<AnalysisRun> findBy(String sql, UUID key) {
        return jdbi.withHandle(handle -> handle.createQuery(sql)
                .bind("key", key)
                .map((row, context) -> AnalysisRow.read(row))
                .findOne());
    }

    @Override
    public List<Window> windows(UUID id) {
        return jdbi.withHandle(handle -> WindowRows.read(handle, id));
    }

    @Override
    public boolean insert(AnalysisRun run, @Nullable UUID requestId) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                                insert into analysis (id, request_id, purpose, service, canary, baseline, plan, traceparent, history, previous_release,
                                  state, verdict, measuring, measuring_detail, notes, counter_state, open_window, totals,
                                  window_count, evaluation, create_time, update_time, end_time, next_poll_at,
                                  cancel_reason, version, retention_start)
                                values (:id, cast(:requestId as uuid), :purpose, :service, :canary, :baseline,
                                  cast(:plan as jsonb), :traceparent, cast(:history as jsonb), cast(:previousRelease as jsonb), :state, :verdict, :measuring, :measuringDetail, cast(:notes as jsonb),
                                  cast(:counterState as jsonb), cast(:openWindow as jsonb), cast(:totals as jsonb),
                                  :windowCount, cast(:evaluation as jsonb), :createTime, :updateTime,
                                  cast(:endTime as timestamptz), cast(:nextPollAt as timestamptz), :cancelReason,
                                  :version,
                                  case when :state <> 'RUNNING' then greatest(clock_timestamp(), cast(:endTime as timestamptz)) end)
                                on conflict (request_id) do nothing""")
                        .bindMap(AnalysisRow.fixed(run, requestId))
                        .bindMap(AnalysisRow.changing(run))
                        .execute())
                == 1;
    }

    @Override
    public boolean save(AnalysisRun run, List<Window> closed) {
        return jdbi.inTransaction(handle -> {
            var saved = update(handle, run) == 1;
            if (saved) {
                closed.forEach(window -> WindowRows.append(handle, run.id(), window));
                if (!run.isRunning()) {
                    WindowRows.together(handle, run.id(), run.measurement().windowCount());
                }
                CancelledEntry.of(run, audit.actor()).ifPresent(entry -> audit.record(handle, entry));
            }
            return saved;
        });
    }

    private int update(Handle handle, AnalysisRun run) {
        return handle.createUpdate("""
                        update analysis set state = :state, verdict = :verdict, measuring = :measuring,
                          measuring_detail = :measuringDetail, notes = cast(:notes as jsonb), counter_state = cast(:counterState as jsonb),
                          open_window = cast(:openWindow as jsonb), totals = cast(:totals as jsonb),
                          window_count = :windowCount, evaluation = cast(:evaluation as jsonb),
                          update_time = :updateTime, end_time = cast(:endTime as timestamptz),
                          next_poll_at = cast(:nextPollAt as timestamptz), cancel_reason = :cancelReason,
                          verdict_time = case when (verdict, state) = (:verdict, :state) then verdict_time
                                              else clock_timestamp() end,
                          retention_start = case when :state <> 'RUNNING'
                            then coalesce(retention_start, greatest(clock_timestamp(), cast(:endTime as timestamptz))) end,
                          version = version + 1
                        where id = :id and version = :version""").bindMap(AnalysisRow.changing(run)).execute();
    }

    @Override
    public List<AnalysisRun> list(RunFilter filter, @Nullable ListPosition after, int limit) {
        List<AnalysisRun> found = new ArrayList<>();
        var from = after;
        while (true) {
            var wanted = limit - found.size();
            var page = page(filter, from, wanted);
            page.forEach(listRow -> listRow.run().ifPresent(found::add));
            if (page.size() < wanted || found.size() == limit) {
                return found;
            }
            from = page.getLast().place();
        }
    }

    /** @param run empty when it cannot be read */
    private record ListRow(ListPosition place, Optional<AnalysisRun> run) {}

    private List<ListRow> page(RunFilter filter, @Nullable ListPosition after, int limit) {
        // Only the conditions asked for, so that the database can follow an index to the page.
        var conditions = new StringJoiner(" and ", " where ", "").setEmptyValue("");
        var values = new HashMap<String, Object>();
        if (filter.service() != null) {
            conditions.add("service = :service");
            values.put("service", filter.service());
        }
        if (filter.state() != null) {
            conditions.add("state = :state");
            values.put("state", filter.state().name());
        }
        if (filter.purpose() != null) {
            conditions.add("purpose = :purpose");
            values.put("purpose", filter.purpose().name());
        }
        if (after != null) {
            conditions.add("(create_time, id) < (:begin, :id)");
            values.put("begin", after.begin());
            values.put("id", after.id());
        }
        var sql = "select * from analysis" + conditions + " order by create_time desc, id desc limit :limit";
        return jdbi.withHandle(handle -> handle.createQuery(sql)
                .bindMap(values)
                .bind("limit", limit)
                .map((row, context) -> new ListRow(
                        new ListPosition(AnalysisRow.instant(row, "create_time"), row.getObject("id", UUID.class)),
                        readable(row, PostgresAnalysisRuns::leftOut)))
                .list());
    }

    private static void leftOut(UUID id, UnreadableRecordException fault) {
        LOG.warn("analysis {} is left out of what was asked for: {}", id, fault.why());
    }

    @Override
    public Optional<AnalysisRun> previous(String service, String canary, @Nullable String stable) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from analysis
                        where service = :service and purpose = 'RELEASE' and state <> 'RUNNING' and verdict = 'PASS' and canary <> :canary
                        order by (canary = :stable) desc, end_time desc limit 1""")
                .bind("service", service)
                .bind("canary", canary)
                .bind("stable", stable == null ? "" : stable)
                .map((row, context) -> readable(row, PostgresAnalysisRuns::leftOut))
                .findOne()
                .flatMap(Function.identity()));
    }

    @Override
    public List<UUID> due(Instant now, int limit) {
        return polling.withHandle(handle -> handle.createQuery("""
                        select id from analysis
                        where state = 'RUNNING' and next_poll_at <= :now
                        order by next_poll_at limit :limit""")
                .bind("now", now)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list());
    }

    @Override
    public List<AnalysisRun> findAll(Collection<UUID> ids, BiConsumer<UUID, UnreadableRecordException> unreadable) {
        return polling.withHandle(handle -> handle
                .createQuery("select * from analysis where id = any(:ids)")
                .bindArray("ids", UUID.class, ids.toArray())
                .map((row, context) -> readable(row, unreadable))
                .stream()
                .flatMap(Optional::stream)
                .toList());
    }

    private static Optional<AnalysisRun> readable(ResultSet row, BiConsumer<UUID, UnreadableRecordException> unreadable)
            throws SQLException {
        try {
            return Optional.of(AnalysisRow.read(row));
        } catch (UnreadableRecordException e) {
            unreadable.accept(row.getObject("id", UUID.class), e);
            return Optional.empty();
        }
    }

    @Override
    public boolean cancelUnread(UUID id, String reason, Instant now) {
        return jdbi.inTransaction(handle -> {
            var service = handle.createQuery("""
                                update analysis set state = 'CANCELLED', cancel_reason = :reason, update_time = :now,
                                  end_time = :now, next_poll_at = null, verdict_time = clock_timestamp(),
                                  version = version + 1
                                where id = :id and state = 'RUNNING' returning service""")
                    .bind("id", id)
                    .bind("reason", PlainText.of(reason))
                    .bind("now", now)
                    .mapTo(String.class)
                    .findOne();
            service.flatMap(name -> CancelledEntry.of(id, name, reason, now, audit.actor()))
                    .ifPresent(entry -> audit.record(handle, entry));
            return service.isPresent();
        });
    }

    @Override
    public void extendRetention(UUID id) {
        // Once a day is often enough, and a release that waits for a person is looked at twice a minute.
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update analysis set retention_start = clock_timestamp()
                        where id = :id and retention_start < clock_timestamp() - interval '1 day'""").bind("id", id).execute());
    }

    @Override
    public void postpone(UUID id, Instant nextPoll) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update analysis set next_poll_at = :next where id = :id and state = 'RUNNING'")
                .bind("id", id)
                .bind("next", nextPoll)
                .execute());
    }
}
