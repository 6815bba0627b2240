package dev.portcullis.rollback;

import dev.portcullis.kit.configuration.LiveConfiguration;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.http.TracedHttpClient;
import dev.portcullis.kit.schedule.DurableTasks;
import dev.portcullis.kit.telemetry.TraceLink;
import dev.portcullis.rollback.configuration.RollbackPlans;
import dev.portcullis.rollback.configuration.RollbackTargets;
import dev.portcullis.rollback.grpc.RollbackGrpc;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.rollback.Rollbacks;
import dev.portcullis.rollback.schedule.DurableQueue;
import dev.portcullis.rollback.schedule.RollbackMeters;
import dev.portcullis.rollback.schedule.RollbackSweep;
import dev.portcullis.rollback.schedule.RollbackTask;
import dev.portcullis.rollback.store.PostgresRollbacks;
import dev.portcullis.rollback.target.webhook.WebhookKind;
import dev.portcullis.rollback.target.webhook.WebhookTarget;
import dev.portcullis.rollback.usecase.Backoff;
import dev.portcullis.rollback.usecase.ExecuteRollback;
import dev.portcullis.rollback.usecase.ReadRollbacks;
import dev.portcullis.rollback.usecase.StartRollback;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jdbi.v3.core.Jdbi;

/** The objects of rollback-service. */
@Factory
public final class Wiring {
    private static final Duration CONFIGURATION_POLL = Duration.ofSeconds(1);

    /** The parser of rollback sections with every kind of target there is; a new target's kind is added here. */
    public static RollbackTargets targetKinds() {
        return new RollbackTargets(List.of(new WebhookKind()));
    }

    /** A new target is added here. */
    private static List<RollbackTarget> targets(TracedHttpClient http, Clock clock) {
        return List.of(new WebhookTarget(http, System.getenv(), clock));
    }

    @Singleton
    @Bean(preDestroy = "close")
    LiveConfiguration<RollbackPlans> plans(@Property(name = "portcullis.config") String folder) {
        return LiveConfiguration.open(Path.of(folder), targetKinds()::parse, CONFIGURATION_POLL);
    }

    @Singleton
    Rollbacks rollbacks(Database database) {
        return new PostgresRollbacks(database.jdbi());
    }

    @Singleton
    DurableTasks tasks(
            Database database,
            Rollbacks rollbacks,
            TracedHttpClient http,
            Clock clock,
            MeterRegistry meters,
            TraceLink traces) {
        var backoff = Backoff.standard(() -> ThreadLocalRandom.current().nextDouble());
        var execute = new ExecuteRollback(rollbacks, targets(http, clock), backoff, clock);
        // What the machinery reads before it knows the trace would be a trace of its own: it goes unrecorded.
        var untraced = new PostgresRollbacks(Jdbi.create(database.untraced()));
        var task = new RollbackTask(untraced, execute, new RollbackMeters(meters), traces);
        return new DurableTasks(database, List.of(task.task()), List.of(new RollbackSweep(untraced).task()));
    }

    @Singleton
    RollbackGrpc service(Rollbacks rollbacks, LiveConfiguration<RollbackPlans> plans, DurableTasks tasks, Clock clock) {
        var queue = new DurableQueue(tasks.client(), clock);
        var start = new StartRollback(
                rollbacks, service -> plans.current().planOf(service), queue, clock, UUID::randomUUID);
        return new RollbackGrpc(start, new ReadRollbacks(rollbacks));
    }
}
