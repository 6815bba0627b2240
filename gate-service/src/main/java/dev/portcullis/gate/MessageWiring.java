package dev.portcullis.gate;

import dev.portcullis.gate.client.HttpMessageTransport;
import dev.portcullis.gate.configuration.GatePolicies;
import dev.portcullis.gate.message.MessageBook;
import dev.portcullis.gate.message.MessageLinks;
import dev.portcullis.gate.message.Messages;
import dev.portcullis.gate.rollback.RollbackRecord;
import dev.portcullis.gate.store.MessageRecorder;
import dev.portcullis.gate.store.PostgresMessages;
import dev.portcullis.gate.store.PostgresRollbackWatches;
import dev.portcullis.gate.telemetry.CountedMessages;
import dev.portcullis.gate.telemetry.DetachedExecutor;
import dev.portcullis.gate.usecase.DeliverMessages;
import dev.portcullis.gate.usecase.WatchRollbacks;
import dev.portcullis.kit.configuration.LiveConfiguration;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.http.TracedHttpClient;
import dev.portcullis.kit.lifecycle.StartupException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The objects of gate-service that tell people and other systems what happened. */
@Factory
final class MessageWiring {
    /** Of the pool's twelve connections: many receivers at one moment keep no decision from being written. */
    private static final int CONNECTIONS = 2;

    @Singleton
    MessageRecorder messageRecorder(LiveConfiguration<GatePolicies> configuration) {
        return new MessageRecorder(() -> book(configuration).routes(), UUID::randomUUID);
    }

    private static MessageBook book(LiveConfiguration<GatePolicies> configuration) {
        return configuration.current().messages();
    }

    /** Its looks are no part of any trace. */
    @Singleton
    Messages messages(Database database) {
        return new PostgresMessages(database.background(CONNECTIONS).untraced());
    }

    @Singleton
    MessageLinks messageLinks(
            @Property(name = "portcullis.messages.console-url") String console,
            @Property(name = "portcullis.messages.runbooks-url") String runbooks) {
        return new MessageLinks(
                address("PORTCULLIS_CONSOLE_URL", console), address("PORTCULLIS_RUNBOOKS_URL", runbooks));
    }

    /** Without a slash at its end; empty when none is set. */
    private static String address(String variable, String text) {
        try {
            var uri = new URI(text);
            var scheme = String.valueOf(uri.getScheme());
            var plain = uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
            if (text.isEmpty() || (scheme.matches("https?") && uri.getHost() != null && plain)) {
                return text.replaceFirst("/+$", "");
            }
        } catch (URISyntaxException e) {
            // told below
        }
        throw new StartupException(
                variable + ": legal is an http or https address without user, query and fragment, or nothing");
    }

    @Singleton
    CountedMessages countedMessages(Messages messages, MeterRegistry meters, Clock clock) {
        return new CountedMessages(messages, meters, clock);
    }

    @Singleton
    DeliverMessages deliverMessages(
            Messages messages,
            LiveConfiguration<GatePolicies> configuration,
            TracedHttpClient http,
            MessageLinks links,
            CountedMessages meters,
            DetachedExecutor background,
            Clock clock) {
        return new DeliverMessages(
                messages,
                () -> book(configuration),
                new HttpMessageTransport(http, clock),
                links,
                meters,
                background,
                clock,
                () -> ThreadLocalRandom.current().nextDouble());
    }

    @Singleton
    WatchRollbacks watchRollbacks(Database database, MessageRecorder recorder, RollbackRecord record, Clock clock) {
        var watches = new PostgresRollbackWatches(database.background(1).untraced(), recorder);
        return new WatchRollbacks(watches, record, clock);
    }
}
