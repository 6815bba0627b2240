package dev.portcullis.gate.store;

import dev.portcullis.gate.message.MessageRoutes;
import dev.portcullis.gate.message.Messages;
import dev.portcullis.gate.message.News;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.util.UUID;
import java.util.function.Supplier;

/** The tables of messages in a database of their own. */
public final class MessageStoreSetup implements AutoCloseable {
    private final Database database;
    private final MessageRecorder recorder;

    /** @param routes by which is told what is recorded */
    public MessageStoreSetup(Supplier<MessageRoutes> routes) {
        this(TestDatabase.fresh(), routes);
    }

    /** The same in a database that others use too. */
    public MessageStoreSetup(DatabaseSettings settings, Supplier<MessageRoutes> routes) {
        database = Database.open(settings, "gate", OpenTelemetry.noop(), new SimpleMeterRegistry());
        recorder = new MessageRecorder(routes, UUID::randomUUID);
    }

    public Messages messages() {
        return new PostgresMessages(database.jdbi());
    }

    /** Records news as a decision does. */
    public void record(News news) {
        database.jdbi().useTransaction(handle -> recorder.record(handle, news));
    }

    /** Has what waits be due now, whoever was at it. */
    public void hurry() {
        database.jdbi().useHandle(handle -> {
            handle.execute("update messages set next_try = now() where state = 'WAITING'");
            handle.execute("update message_lanes set next_try = now()");
        });
    }

    /** Executes a statement. */
    public void execute(String sql) {
        database.jdbi().useHandle(handle -> handle.execute(sql));
    }

    /** How many messages there are, also those that have ended. */
    public int count() {
        return database.jdbi().withHandle(handle -> handle.createQuery("select count(*) from messages")
                .mapTo(Integer.class)
                .one());
    }

    @Override
    public void close() {
        database.close();
    }
}
