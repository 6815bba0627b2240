package dev.portcullis.gate.store;

import dev.portcullis.gate.message.Message;
import dev.portcullis.gate.message.MessageEvent;
import dev.portcullis.gate.message.MessageRoutes;
import dev.portcullis.gate.message.MessageRoutes.Addressee;
import dev.portcullis.gate.message.News;
import dev.portcullis.gate.message.ToldEvents;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Writes messages down inside the transaction of what they tell: one is not without the other. Thread-safe. */
public final class MessageRecorder {
    /** What a newer version has told keeps no decision from being written. */
    private static final String TOLD = """
            select receiver, event from messages where release_id = :release and event = any(:known) order by number""";

    private static final String INSERT = """
            insert into messages (id, receiver, release_id, event, message, created_at, next_try)
            values (:id, :receiver, :release, :event, cast(:message as jsonb), :time, :time)""";

    private static final String[] KNOWN =
            Arrays.stream(MessageEvent.values()).map(MessageEvent::name).toArray(String[]::new);

    private record Told(String receiver, MessageEvent event) {}

    private final Supplier<MessageRoutes> routes;
    private final Supplier<UUID> ids;

    /** @param routes as they are now */
    public MessageRecorder(Supplier<MessageRoutes> routes, Supplier<UUID> ids) {
        this.routes = routes;
        this.ids = ids;
    }

    /** Writes down what whoever is concerned does not know. */
    void record(Handle handle, List<News> news) {
        news.forEach(one -> record(handle, one));
    }

    void record(Handle handle, News news) {
        var addressees = routes.get().addressees(news.subject().service(), news.event());
        if (addressees.isEmpty()) {
            return;
        }
        var told = told(handle, news.subject().release());
        for (var addressee : addressees) {
            var before = new ToldEvents(told.getOrDefault(addressee.receiver(), List.of()));
            if (before.lacks(news.event(), addressee.wanted())) {
                insert(handle, message(news, addressee, before));
            }
        }
    }

    private static Map<String, List<MessageEvent>> told(Handle handle, UUID release) {
        return handle.createQuery(TOLD)
                .bind("release", release)
                .bindArray("known", String.class, (Object[]) KNOWN)
                .map((row, context) ->
                        new Told(row.getString("receiver"), MessageEvent.valueOf(row.getString("event"))))
                .collect(Collectors.groupingBy(Told::receiver, Collectors.mapping(Told::event, Collectors.toList())));
    }

    /** An abort of which nothing is left to be taken back opens nothing: nothing would ever end it. */
    private Message message(News news, Addressee addressee, ToldEvents before) {
        var opening = news.event().opens()
                && addressee.wanted()
                && (news.event() != MessageEvent.RELEASE_ABORTED || news.rollbackWanted());
        return new Message(
                ids.get(), addressee.receiver(), news, addressee.severity(), opening, before.endedBy(news.event()));
    }

    private static void insert(Handle handle, Message message) {
        handle.createUpdate(INSERT)
                .bind("id", message.id())
                .bind("receiver", message.receiver())
                .bind("release", message.subject().release())
                .bind("event", message.event().name())
                .bind("message", StoredMessage.COLUMN.write(message))
                .bind("time", message.news().time())
                .execute();
    }
}
