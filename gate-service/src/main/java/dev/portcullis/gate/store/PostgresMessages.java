package dev.portcullis.gate.store;

import dev.portcullis.gate.message.Delivery;
import dev.portcullis.gate.message.MessageBacklog;
import dev.portcullis.gate.message.MessageEnd;
import dev.portcullis.gate.message.Messages;
import dev.portcullis.gate.message.WaitingMessage;
import dev.portcullis.kit.text.PlainText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** The messages in PostgreSQL. Thread-safe. */
public final class PostgresMessages implements Messages {
    private static final int LONGEST_FAULT = 500;

    private static final String DUE = """
            select distinct m.receiver from messages m
            where m.state = 'WAITING' and m.next_try <= :now
              and not exists (select from message_lanes l where l.receiver = m.receiver and l.next_try > :now)
            order by m.receiver""";

    /** A receiver that is new has a lane from now on. */
    private static final String TAKE_LANE = """
            insert into message_lanes as l (receiver, next_try) values (:receiver, :until)
            on conflict (receiver) do update set next_try = excluded.next_try where l.next_try <= :now
            returning failures""";

    private static final String LEAVE_LANE =
            "update message_lanes set failures = :failures, next_try = :next where receiver = :receiver";

    private static final String TAKE = """
            with due as (
              select m.id, m.doubtful, m.attempts from messages m
              where m.receiver = :receiver and m.state = 'WAITING' and m.next_try <= :now
                and not exists (select from messages earlier
                                where earlier.receiver = m.receiver and earlier.release_id = m.release_id
                                  and earlier.state = 'WAITING' and earlier.number < m.number)
              order by m.attempts, m.number limit 1 for update skip locked)
            update messages m set next_try = :next, attempts = m.attempts + 1, doubtful = true
            from due
            where m.id = due.id
            returning m.id, m.message, m.created_at, due.attempts as attempts_before, due.doubtful as doubtful_before,
              (select t.place from message_threads t where t.receiver = m.receiver and t.release_id = m.release_id) as place""";

    private static final String END = """
            update messages set state = :state, fault = :fault, ended_at = :now where id = :id and state = 'WAITING'""";

    private static final String THREAD = """
            insert into message_threads (receiver, release_id, place, changed_at) values (:receiver, :release, :place, :now)
            on conflict (receiver, release_id) do update set place = excluded.place, changed_at = excluded.changed_at""";

    private static final String POSTPONE = """
            update messages set fault = :fault, doubtful = :doubtful, next_try = :next where id = :id and state = 'WAITING'""";

    private static final String GIVE_UP = """
            update messages set state = 'GIVEN_UP', ended_at = :now
            where state = 'WAITING' and created_at < :before and (receiver = any(:receivers)) <> :others
            returning id, receiver, event, fault""";

    private final Sql sql;

    public PostgresMessages(Jdbi jdbi) {
        this.sql = new Sql(jdbi);
    }

    @Override
    public List<String> receiversDue(Instant now) {
        return sql.read(handle ->
                handle.createQuery(DUE).bind("now", now).mapTo(String.class).list());
    }

    @Override
    public OptionalInt takeLane(String receiver, Instant now, Instant until) {
        return sql.read(handle -> handle.createQuery(TAKE_LANE)
                .bind("receiver", receiver)
                .bind("now", now)
                .bind("until", until)
                .mapTo(Integer.class)
                .findOne()
                .map(OptionalInt::of)
                .orElseGet(OptionalInt::empty));
    }

    @Override
    public void leaveLane(String receiver, int failures, Instant next) {
        sql.read(handle -> handle.createUpdate(LEAVE_LANE)
                .bind("receiver", receiver)
                .bind("failures", failures)
                .bind("next", next)
                .execute());
    }

    @Override
    public List<WaitingMessage> take(String receiver, Instant now, Instant next) {
        return sql.read(handle -> handle.createQuery(TAKE)
                .bind("receiver", receiver)
                .bind("now", now)
                .bind("next", next)
                .map(PostgresMessages::read)
                .list());
    }

    private static WaitingMessage read(ResultSet row, StatementContext context) throws SQLException {
        return new WaitingMessage(
                StoredMessage.COLUMN.read(row.getString("message"), row.getString("id")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getInt("attempts_before"),
                row.getBoolean("doubtful_before"),
                Optional.ofNullable(row.getString("place")));
    }

    @Override
    public void delivered(WaitingMessage delivered, Delivery.Delivered how, Instant now) {
        sql.write(handle -> {
            how.thread().ifPresent(place -> handle.createUpdate(THREAD)
                    .bind("receiver", delivered.message().receiver())
                    .bind("release", delivered.message().subject().release())
                    .bind("place", place)
                    .bind("now", now)
                    .execute());
            return handle.createUpdate(END)
                    .bind("id", delivered.message().id())
                    .bind("state", MessageEnd.DELIVERED.name())
                    .bind("fault", "")
                    .bind("now", now)
                    .execute();
        });
    }

    @Override
    public void refused(WaitingMessage refused, String fault, Instant now) {
        sql.read(handle -> handle.createUpdate(END)
                .bind("id", refused.message().id())
                .bind("state", MessageEnd.REFUSED.name())
                .bind("fault", PlainText.line(fault, LONGEST_FAULT))
                .bind("now", now)
                .execute());
    }

    @Override
    public void postpone(WaitingMessage failed, Delivery.Failed why, Instant next) {
        sql.read(handle -> handle.createUpdate(POSTPONE)
                .bind("id", failed.message().id())
                .bind("fault", PlainText.line(why.fault(), LONGEST_FAULT))
                .bind("doubtful", failed.doubtful() || why.doubtful())
                .bind("next", next)
                .execute());
    }

    @Override
    public List<GivenUp> giveUp(List<String> receivers, boolean others, Instant before, Instant now) {
        return sql.read(handle -> handle.createQuery(GIVE_UP)
                .bindArray("receivers", String.class, receivers.toArray())
                .bind("others", others)
                .bind("before", before)
                .bind("now", now)
                .map((row, context) -> new GivenUp(
                        row.getObject("id", UUID.class),
                        row.getString("receiver"),
                        row.getString("event"),
                        row.getString("fault")))
                .list());
    }

    @Override
    public void forget(Instant before) {
        sql.write(handle -> {
            handle.createUpdate("delete from messages where ended_at < :before")
                    .bind("before", before)
                    .execute();
            return handle.createUpdate("""
                            delete from message_threads t
                            where changed_at < :before
                              and not exists (select from messages m where m.release_id = t.release_id and m.receiver = t.receiver)""").bind("before", before).execute();
        });
    }

    @Override
    public MessageBacklog backlog() {
        return sql.read(handle -> handle.createQuery(
                        "select count(*) as count, min(created_at) as oldest from messages where state = 'WAITING'")
                .map((row, context) -> new MessageBacklog(row.getLong("count"), ReleaseRows.time(row, "oldest")))
                .one());
    }
}
