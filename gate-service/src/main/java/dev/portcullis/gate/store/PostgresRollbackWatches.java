package dev.portcullis.gate.store;

import dev.portcullis.gate.decision.Origin;
import dev.portcullis.gate.message.MessageEvent;
import dev.portcullis.gate.message.MessageSubject;
import dev.portcullis.gate.message.News;
import dev.portcullis.gate.message.RollbackChange;
import dev.portcullis.gate.message.RollbackWatch;
import dev.portcullis.gate.message.RollbackWatches;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.rollback.RollbackOrder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** The watched rollbacks in PostgreSQL. Thread-safe. */
public final class PostgresRollbackWatches implements RollbackWatches {
    private static final Duration FIRST_LOOK = Duration.ofSeconds(2);

    private static final String BEGIN = """
            insert into rollback_watches (release_id, service, rollback, canary, state, began_at, next_look)
            values (:release, :service, :rollback, :canary, :state, :now, :next)
            on conflict (release_id) do nothing""";

    private static final String TAKE = """
            update rollback_watches set next_look = :next
            where release_id in (select release_id from rollback_watches where next_look <= :now
                                 order by next_look limit :limit for update skip locked)
            returning *""";

    private static final String NOTE = """
            update rollback_watches set state = :state, next_look = :next where release_id = :release and state = :before""";

    private static final String END = "delete from rollback_watches where release_id = :release and state = :before";

    private final Sql sql;
    private final MessageRecorder messages;

    /** @param messages writes down what is to be told, in the transaction that notes it */
    public PostgresRollbackWatches(Jdbi jdbi, MessageRecorder messages) {
        this.sql = new Sql(jdbi);
        this.messages = messages;
    }

    /** Inside the transaction that settles an order. A rollback that has just been started is left to its work before it is asked how it stands. */
    static void begin(Handle handle, RollbackOrder order, String rollback, String state, Instant now) {
        handle.createUpdate(BEGIN)
                .bind("release", order.releaseId())
                .bind("service", order.service())
                .bind("rollback", rollback)
                .bind("canary", order.from())
                .bind("state", state)
                .bind("now", now)
                .bind("next", now.plus(FIRST_LOOK))
                .execute();
    }

    /** What is told of a rollback. */
    static News news(Release release, MessageEvent event, String rollback, String text, Instant now) {
        return new News(
                event, MessageSubject.of(release).with(rollback), Origin.GATE, text, Optional.empty(), true, now);
    }

    @Override
    public List<RollbackWatch> take(Instant now, Instant next, int limit) {
        return sql.read(handle -> handle.createQuery(TAKE)
                .bind("now", now)
                .bind("next", next)
                .bind("limit", limit)
                .map(PostgresRollbackWatches::read)
                .list());
    }

    private static RollbackWatch read(ResultSet row, StatementContext context) throws SQLException {
        return new RollbackWatch(
                row.getObject("release_id", UUID.class),
                row.getString("service"),
                row.getString("rollback"),
                row.getString("canary"),
                row.getString("state"),
                row.getObject("began_at", OffsetDateTime.class).toInstant());
    }

    @Override
    public void postpone(RollbackWatch watch, Instant next) {
        sql.read(handle -> handle.createUpdate(
                        "update rollback_watches set next_look = :next where release_id = :release")
                .bind("release", watch.release())
                .bind("next", next)
                .execute());
    }

    @Override
    public void note(RollbackWatch watch, RollbackChange change, Instant now, Optional<Instant> next) {
        sql.write(handle -> {
            if (noted(handle, watch, change, next)) {
                change.event().ifPresent(event -> ReleaseRows.find(handle, watch.release())
                        .map(release -> news(release, event, change.rollback(), change.text(), now))
                        .ifPresent(news -> messages.record(handle, news)));
            }
            return next;
        });
    }

    private static boolean noted(Handle handle, RollbackWatch watch, RollbackChange change, Optional<Instant> next) {
        var update = next.isPresent()
                ? handle.createUpdate(NOTE).bind("next", next.get()).bind("state", change.state())
                : handle.createUpdate(END);
        return update.bind("release", watch.release())
                        .bind("before", watch.state())
                        .execute()
                > 0;
    }

    @Override
    public void end(RollbackWatch watch) {
        sql.read(handle -> handle.createUpdate(END)
                .bind("release", watch.release())
                .bind("before", watch.state())
                .execute());
    }
}
