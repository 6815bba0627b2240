package dev.portcullis.rollback;

import dev.portcullis.kit.audit.store.AuditOutbox;
import dev.portcullis.kit.client.Breakers;
import dev.portcullis.kit.client.ClientChannels;
import dev.portcullis.kit.client.GateAddress;
import dev.portcullis.kit.client.GrpcTokens;
import dev.portcullis.kit.client.PeerAddresses;
import dev.portcullis.kit.configuration.LiveConfiguration;
import dev.portcullis.kit.configuration.SectionReaders;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.database.RowVersions;
import dev.portcullis.kit.http.TracedHttpClient;
import dev.portcullis.kit.identity.TokenSource;
import dev.portcullis.kit.retention.DeletedRecords;
import dev.portcullis.kit.retention.Retention;
import dev.portcullis.kit.retention.RetentionSettings;
import dev.portcullis.kit.rpc.RpcAccess;
import dev.portcullis.kit.rpc.Versions;
import dev.portcullis.kit.schedule.DurableTasks;
import dev.portcullis.kit.telemetry.TraceLink;
import dev.portcullis.rollback.client.GrpcRecoveryAnalyses;
import dev.portcullis.rollback.cluster.Clusters;
import dev.portcullis.rollback.configuration.RollbackPlans;
import dev.portcullis.rollback.configuration.RollbackTargets;
import dev.portcullis.rollback.configuration.TargetKind;
import dev.portcullis.rollback.grpc.RollbackAccess;
import dev.portcullis.rollback.grpc.RollbackGrpc;
import dev.portcullis.rollback.lifecycle.Preparations;
import dev.portcullis.rollback.lifecycle.Rollbacks;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.recovery.RecoveryAnalyses;
import dev.portcullis.rollback.schedule.DurableQueue;
import dev.portcullis.rollback.schedule.RollbackMeters;
import dev.portcullis.rollback.schedule.RollbackSweep;
import dev.portcullis.rollback.schedule.RollbackTask;
import dev.portcullis.rollback.store.PostgresPreparations;
import dev.portcullis.rollback.store.PostgresRollbacks;
import dev.portcullis.rollback.store.RollbackRetention;
import dev.portcullis.rollback.targets.argocd.ArgoCdKind;
import dev.portcullis.rollback.targets.argocd.ArgoCdTarget;
import dev.portcullis.rollback.targets.argorollouts.ArgoRolloutsKind;
import dev.portcullis.rollback.targets.argorollouts.RolloutWorkload;
import dev.portcullis.rollback.targets.deployment.DeploymentKind;
import dev.portcullis.rollback.targets.deployment.DeploymentWorkload;
import dev.portcullis.rollback.targets.featureflag.FeatureFlagKind;
import dev.portcullis.rollback.targets.featureflag.FeatureFlagTarget;
import dev.portcullis.rollback.targets.gatewayapi.GatewayApiKind;
import dev.portcullis.rollback.targets.gatewayapi.HttpRoutes;
import dev.portcullis.rollback.targets.helm.HelmKind;
import dev.portcullis.rollback.targets.helm.HelmTarget;
import dev.portcullis.rollback.targets.istio.IstioKind;
import dev.portcullis.rollback.targets.istio.VirtualServices;
import dev.portcullis.rollback.targets.nginx.CanaryIngresses;
import dev.portcullis.rollback.targets.nginx.NginxKind;
import dev.portcullis.rollback.targets.webhook.WebhookKind;
import dev.portcullis.rollback.targets.webhook.WebhookTarget;
import dev.portcullis.rollback.traffic.TrafficTarget;
import dev.portcullis.rollback.usecase.Backoff;
import dev.portcullis.rollback.usecase.CancelRollback;
import dev.portcullis.rollback.usecase.ExecuteRollback;
import dev.portcullis.rollback.usecase.PrepareRollback;
import dev.portcullis.rollback.usecase.ReadRollbacks;
import dev.portcullis.rollback.usecase.StartRollback;
import dev.portcullis.rollback.workload.WorkloadTarget;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/** The objects of rollback-service. */
@Factory
public final class Wiring {
    /** Rollbacks worked on at the same time: those of a cluster that hangs must not hold up the others. */
    private static final int AT_ONCE = 64;
    /** Of the pool's twelve connections, so that requests find one. */
    private static final int TASK_CONNECTIONS = 6;

    /** Of the same, for what prepares and starts: a hundred orders at one moment wait for each other and for no connection that nobody gives up in time. */
    private static final int START_CONNECTIONS = 3;

    /** The targets there are: how a policy names one, and what does the work. A new target is one line here. */
    private static final List<Target> TARGETS = List.of(
            new Target(
                    new WebhookKind(),
                    outside -> new WebhookTarget(outside.http(), outside.environment(), outside.clock())),
            new Target(
                    new FeatureFlagKind(),
                    outside -> new FeatureFlagTarget(outside.http(), outside.environment(), outside.clock())),
            new Target(new IstioKind(), outside -> new TrafficTarget(outside.clusters(), new VirtualServices())),
            new Target(new GatewayApiKind(), outside -> new TrafficTarget(outside.clusters(), new HttpRoutes())),
            new Target(new NginxKind(), outside -> new TrafficTarget(outside.clusters(), new CanaryIngresses())),
            new Target(new ArgoCdKind(), outside -> new ArgoCdTarget(outside.clusters())),
            new Target(
                    new HelmKind(),
                    outside -> new HelmTarget(outside.clusters(), outside.environment(), outside.clock())),
            new Target(
                    new ArgoRolloutsKind(), outside -> new WorkloadTarget(outside.clusters(), new RolloutWorkload())),
            new Target(
                    new DeploymentKind(), outside -> new WorkloadTarget(outside.clusters(), new DeploymentWorkload())));

    private record Target(TargetKind kind, Function<Outside, RollbackTarget> open) {}

    /** What targets are reached by. */
    private record Outside(TracedHttpClient http, Clusters clusters, Map<String, String> environment, Clock clock) {}

    /** The parser of rollback sections, for every kind of target there is. */
    public static RollbackTargets targetKinds() {
        return new RollbackTargets(TARGETS.stream().map(Target::kind).toList());
    }

    @Singleton
    @Bean(preDestroy = "close")
    LiveConfiguration<RollbackPlans> plans(
            @Property(name = "portcullis.config") String folder, SectionReaders readers) {
        return LiveConfiguration.open(
                Path.of(folder), readers.before("rollback", targetKinds()::parse), LiveConfiguration.POLL_INTERVAL);
    }

    @Singleton
    Rollbacks rollbacks(Database database, AuditOutbox audit) {
        return new PostgresRollbacks(database.jdbi(), audit);
    }

    @Singleton
    Preparations preparations(Database database) {
        return new PostgresPreparations(database.jdbi());
    }

    @Singleton
    Versions versions(Database database) {
        return new RowVersions(database, PostgresRollbacks.VERSIONS);
    }

    @Singleton
    @Bean(preDestroy = "close")
    Clusters clusters(LiveConfiguration<RollbackPlans> plans, OpenTelemetry telemetry, Breakers breakers, Clock clock) {
        var clusters = new Clusters(() -> plans.current().clusters(), System.getenv(), telemetry, breakers, clock);
        clusters.greet(plans.current().clusterNames());
        return clusters;
    }

    @Singleton
    Targets targets(TracedHttpClient http, Clusters clusters, Clock clock) {
        return new Targets(opened(new Outside(http, clusters, System.getenv(), clock)));
    }

    private static List<RollbackTarget> opened(Outside outside) {
        return TARGETS.stream().map(target -> target.open().apply(outside)).toList();
    }

    /**
     * What the account of each target may do, asked without a running service.
     *
     * @param environment as the service would have it
     */
    public static TargetRights rights(RollbackPlans plans, Map<String, String> environment) {
        var telemetry = OpenTelemetry.noop();
        var breakers = new Breakers(new SimpleMeterRegistry());
        var clock = Clock.systemUTC();
        var clusters = new Clusters(plans::clusters, environment, telemetry, breakers, clock);
        var http = new TracedHttpClient(telemetry, breakers);
        return new TargetRights(clusters, opened(new Outside(http, clusters, environment, clock)));
    }

    /** The targets as one object of the container. */
    record Targets(List<RollbackTarget> all) {}

    @Singleton
    RecoveryAnalyses analyses(ClientChannels channels, PeerAddresses addresses) {
        return new GrpcRecoveryAnalyses(channels.open(GrpcRecoveryAnalyses.downstream(addresses.analysis())));
    }

    @Singleton
    DurableTasks tasks(
            Database database,
            AuditOutbox audit,
            Rollbacks rollbacks,
            Targets targets,
            RecoveryAnalyses analyses,
            Clock clock,
            MeterRegistry meters,
            TraceLink traces,
            Retention retention) {
        var backoff = Backoff.standard(() -> ThreadLocalRandom.current().nextDouble());
        var access = database.background(TASK_CONNECTIONS);
        var execute = new ExecuteRollback(
                new PostgresRollbacks(access.jdbi(), audit), targets.all(), analyses, backoff, clock);
        // What the machinery reads before it knows the trace would be a trace of its own: it goes unrecorded.
        var untraced = new PostgresRollbacks(access.untraced(), audit);
        var task = new RollbackTask(untraced, execute, new RollbackMeters(meters), traces, clock, replica());
        var sweep = new RollbackSweep(untraced, new PostgresPreparations(access.untraced()), clock);
        return new DurableTasks(database, List.of(task.task()), List.of(sweep.task(), retention.task()), AT_ONCE);
    }

    @Singleton
    Retention retention(Database database, RetentionSettings settings, MeterRegistry meters) {
        return new Retention(database, RollbackRetention.STATEMENTS, settings.records(), settings.audit(), meters);
    }

    private static String replica() {
        return "process " + ProcessHandle.current().pid();
    }

    @Singleton
    RollbackGrpc service(
            Database database,
            AuditOutbox audit,
            Rollbacks rollbacks,
            Versions versions,
            Targets targets,
            LiveConfiguration<RollbackPlans> plans,
            DurableTasks tasks,
            DeletedRecords deleted,
            Clock clock) {
        var queue = new DurableQueue(tasks.client(), clock);
        var access = database.background(START_CONNECTIONS).jdbi();
        var starting = new PostgresRollbacks(access, audit);
        var preparations = new PostgresPreparations(access);
        var prepare = new PrepareRollback(
                (service, mode) -> plans.current().planOf(service, mode),
                targets.all(),
                starting,
                preparations,
                clock,
                UUID::randomUUID);
        var start = new StartRollback(prepare, starting, preparations, queue, clock, UUID::randomUUID);
        return new RollbackGrpc(
                prepare,
                start,
                new CancelRollback(rollbacks, queue, clock),
                new ReadRollbacks(rollbacks),
                versions,
                deleted);
    }

    @Singleton
    RpcAccess access(Rollbacks rollbacks, Preparations preparations, DeletedRecords deleted) {
        return RollbackAccess.of(rollbacks, preparations, deleted);
    }

    @Singleton
    TokenSource tokenSource(ClientChannels channels, GateAddress gate) {
        return new GrpcTokens(channels, gate);
    }
}
