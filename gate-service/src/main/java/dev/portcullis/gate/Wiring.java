package dev.portcullis.gate;

import dev.portcullis.gate.analysis.Analyses;
import dev.portcullis.gate.analysis.AnalysisReports;
import dev.portcullis.gate.client.AnalysisStream;
import dev.portcullis.gate.client.ConnectionWarmUp;
import dev.portcullis.gate.client.GrpcAnalyses;
import dev.portcullis.gate.client.GrpcRollbackRecord;
import dev.portcullis.gate.client.GrpcRollbacks;
import dev.portcullis.gate.configuration.GatePolicies;
import dev.portcullis.gate.configuration.LivePolicies;
import dev.portcullis.gate.configuration.PromotionRuleReader;
import dev.portcullis.gate.group.GroupAborts;
import dev.portcullis.gate.hold.HoldMemory;
import dev.portcullis.gate.policy.Policies;
import dev.portcullis.gate.release.AnalysisRecords;
import dev.portcullis.gate.release.Decisions;
import dev.portcullis.gate.release.ReleaseEvents;
import dev.portcullis.gate.release.ReleaseMemory;
import dev.portcullis.gate.release.Releases;
import dev.portcullis.gate.release.RememberedReleases;
import dev.portcullis.gate.rollback.RememberedRollbackOrders;
import dev.portcullis.gate.rollback.RememberedRollbackRecord;
import dev.portcullis.gate.rollback.RollbackOrders;
import dev.portcullis.gate.rollback.Rollbacks;
import dev.portcullis.gate.rule.PromotionRules;
import dev.portcullis.gate.schedule.AuditTask;
import dev.portcullis.gate.schedule.MessageTask;
import dev.portcullis.gate.schedule.ProtectionRuleTask;
import dev.portcullis.gate.schedule.RecordTask;
import dev.portcullis.gate.schedule.RedeliveryTask;
import dev.portcullis.gate.schedule.ReviewTask;
import dev.portcullis.gate.schedule.SessionTask;
import dev.portcullis.gate.store.MessageRecorder;
import dev.portcullis.gate.store.PostgresAnalysisRecords;
import dev.portcullis.gate.store.PostgresDecisions;
import dev.portcullis.gate.store.PostgresPromotionHolds;
import dev.portcullis.gate.store.PostgresReleases;
import dev.portcullis.gate.store.PostgresRollbackOrders;
import dev.portcullis.gate.store.ReleaseFeed;
import dev.portcullis.gate.store.ReleaseRetention;
import dev.portcullis.gate.telemetry.CountedReleaseEvents;
import dev.portcullis.gate.telemetry.DetachedExecutor;
import dev.portcullis.gate.telemetry.LinkedTraces;
import dev.portcullis.gate.telemetry.OpenReleaseGauges;
import dev.portcullis.gate.trace.Traces;
import dev.portcullis.gate.usecase.AnswerProtectionRules;
import dev.portcullis.gate.usecase.AskAnalysis;
import dev.portcullis.gate.usecase.ChangeRelease;
import dev.portcullis.gate.usecase.CollectAuditEntries;
import dev.portcullis.gate.usecase.DeliverMessages;
import dev.portcullis.gate.usecase.JudgeChangedReleases;
import dev.portcullis.gate.usecase.JudgeRelease;
import dev.portcullis.gate.usecase.JudgeWatchedRelease;
import dev.portcullis.gate.usecase.KeepRecords;
import dev.portcullis.gate.usecase.KeepSessions;
import dev.portcullis.gate.usecase.OriginFactory;
import dev.portcullis.gate.usecase.RedeliverWebhooks;
import dev.portcullis.gate.usecase.ReviewRelease;
import dev.portcullis.gate.usecase.ReviewReleases;
import dev.portcullis.gate.usecase.SequenceAuditEntries;
import dev.portcullis.gate.usecase.StartRollbacks;
import dev.portcullis.gate.usecase.WatchRollbacks;
import dev.portcullis.kit.audit.store.AuditRecorder;
import dev.portcullis.kit.client.ClientChannels;
import dev.portcullis.kit.client.PeerAddresses;
import dev.portcullis.kit.configuration.LiveConfiguration;
import dev.portcullis.kit.configuration.SectionReaders;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.database.RowVersions;
import dev.portcullis.kit.identity.CallerVerifier;
import dev.portcullis.kit.retention.Retention;
import dev.portcullis.kit.retention.RetentionSettings;
import dev.portcullis.kit.rpc.Versions;
import dev.portcullis.kit.schedule.DurableTasks;
import dev.portcullis.kit.telemetry.TraceLink;
import io.grpc.Channel;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The objects of gate-service, but for those that {@link AnswerWiring} and {@link AuditWiring} have. */
@Factory
final class Wiring {
    /** Of the pool's twelve connections, for what became of rollback orders: that of a hundred at one moment keeps no decision from being written. */
    private static final int ORDER_CONNECTIONS = 3;

    @Singleton
    @Bean(preDestroy = "close")
    LiveConfiguration<GatePolicies> configuration(
            @Property(name = "portcullis.config") String folder, SectionReaders readers, PromotionRuleReader rules) {
        return LiveConfiguration.open(
                Path.of(folder),
                readers.before("gate", (documents, faults) -> GatePolicies.parse(documents, faults, rules)),
                LiveConfiguration.POLL_INTERVAL);
    }

    @Singleton
    Policies policies(LiveConfiguration<GatePolicies> configuration, Clock clock) {
        return new LivePolicies(configuration, clock);
    }

    @Singleton
    @Named("analysis")
    Channel analysisChannel(
            ClientChannels channels,
            PeerAddresses addresses,
            @Property(name = "portcullis.gate.limit.analysis") Duration deadline) {
        return channels.open(GrpcAnalyses.downstream(addresses.analysis(), deadline));
    }

    @Singleton
    Analyses analyses(@Named("analysis") Channel channel) {
        return new GrpcAnalyses(channel);
    }

    @Singleton
    ConnectionWarmUp firstContactWithAnalysis(@Named("analysis") Channel channel) {
        return ConnectionWarmUp.withAnalysis(channel);
    }

    @Singleton
    @Named("preparing")
    Channel preparingChannel(ClientChannels channels, PeerAddresses addresses) {
        return channels.open(GrpcRollbacks.preparing(addresses.rollback()));
    }

    @Singleton
    @Named("starting")
    Channel startingChannel(ClientChannels channels, PeerAddresses addresses) {
        return channels.open(GrpcRollbacks.starting(addresses.rollback()));
    }

    @Singleton
    ConnectionWarmUp firstContactWithRollback(
            @Named("preparing") Channel preparing, @Named("starting") Channel starting) {
        return ConnectionWarmUp.withRollback(preparing, starting);
    }

    @Singleton
    Rollbacks rollbacks(@Named("preparing") Channel preparing, @Named("starting") Channel starting) {
        return new GrpcRollbacks(preparing, starting);
    }

    @Singleton
    RememberedRollbackRecord rollbackRecord(
            ClientChannels channels,
            PeerAddresses addresses,
            @Property(name = "portcullis.gate.limit.rollback-state") Duration deadline) {
        var record =
                new GrpcRollbackRecord(channels.open(GrpcRollbackRecord.downstream(addresses.rollback(), deadline)));
        return new RememberedRollbackRecord(record, System::nanoTime);
    }

    @Singleton
    Releases releases(Database database, ReleaseMemory memory, AuditRecorder recorder, MessageRecorder messages) {
        return new RememberedReleases(new PostgresReleases(database.jdbi(), recorder, messages), memory);
    }

    @Singleton
    ReleaseMemory releaseMemory() {
        return new ReleaseMemory(System::nanoTime);
    }

    @Singleton
    ReleaseFeed releaseFeed(
            Database database,
            ReleaseMemory memory,
            HoldMemory holdMemory,
            AuditRecorder recorder,
            MessageRecorder messages,
            Clock clock) {
        var untraced = Jdbi.create(database.untraced());
        return new ReleaseFeed(
                database.untraced(),
                new PostgresReleases(untraced, recorder, messages),
                memory,
                new PostgresPromotionHolds(untraced, recorder, clock),
                holdMemory,
                System::nanoTime);
    }

    @Singleton
    Decisions decisions(Database database) {
        return new PostgresDecisions(database.jdbi());
    }

    @Singleton
    AnalysisRecords analysisRecords(Database database) {
        return new PostgresAnalysisRecords(database.jdbi());
    }

    @Singleton
    KeepRecords keepRecords(AnalysisRecords records, Analyses analyses, Clock clock) {
        return new KeepRecords(records, analyses, clock);
    }

    @Singleton
    Versions versions(Database database) {
        return new RowVersions(database, PostgresReleases.VERSIONS);
    }

    @Singleton
    RollbackOrders rollbackOrders(
            Database database, ReleaseMemory memory, AuditRecorder recorder, MessageRecorder messages, Clock clock) {
        var access = database.background(ORDER_CONNECTIONS).jdbi();
        var orders = new PostgresRollbackOrders(access, recorder, messages, clock);
        return new RememberedRollbackOrders(orders, memory::changedHere);
    }

    @Singleton
    Traces traces(TraceLink link) {
        return new LinkedTraces(link);
    }

    @Singleton
    OriginFactory originFactory(Clock clock, Traces traces) {
        return new OriginFactory(clock, UUID::randomUUID, traces);
    }

    @Singleton
    ReleaseEvents releaseEvents(MeterRegistry meters) {
        return new CountedReleaseEvents(meters);
    }

    /** Its looks are no part of any trace. */
    @Singleton
    OpenReleaseGauges openReleaseGauges(
            Database database, AuditRecorder recorder, MessageRecorder messages, Clock clock, MeterRegistry meters) {
        var releases = new PostgresReleases(Jdbi.create(database.untraced()), recorder, messages);
        return new OpenReleaseGauges(releases, clock, meters);
    }

    @Singleton
    StartRollbacks startRollbacks(
            RollbackOrders orders,
            Rollbacks rollbacks,
            Traces traces,
            Clock clock,
            ReleaseEvents events,
            DetachedExecutor background) {
        return new StartRollbacks(orders, rollbacks, traces, clock, events, background);
    }

    @Singleton
    @Bean(preDestroy = "close")
    DetachedExecutor background() {
        return new DetachedExecutor();
    }

    @Singleton
    ChangeRelease changeRelease(
            Releases releases,
            Analyses analyses,
            StartRollbacks startRollbacks,
            DetachedExecutor background,
            ReleaseEvents events,
            GroupAborts groups,
            Clock clock,
            @Property(name = "portcullis.gate.limit.rollback-start") Duration patience) {
        return new ChangeRelease(
                releases,
                analyses,
                startRollbacks,
                background,
                events,
                decided -> groups.reviewOthers(decided, clock.instant()),
                patience);
    }

    @Singleton
    AnalysisReports analysisReports() {
        return new AnalysisReports(System::nanoTime);
    }

    @Singleton
    AskAnalysis askAnalysis(Analyses analyses, AnalysisReports reports) {
        return new AskAnalysis(analyses, reports);
    }

    @Singleton
    JudgeRelease judgeRelease(
            Releases releases,
            Analyses analyses,
            @Named("store") PromotionRules rules,
            GroupAborts groups,
            OriginFactory originFactory,
            ChangeRelease changeRelease) {
        return new JudgeRelease(
                releases,
                rules,
                groups,
                new JudgeWatchedRelease(releases, analyses, groups, originFactory, changeRelease),
                originFactory,
                changeRelease);
    }

    @Singleton
    ReviewRelease reviewRelease(
            Releases releases,
            Policies policies,
            @Named("store") PromotionRules rules,
            GroupAborts groups,
            AskAnalysis askAnalysis,
            Analyses analyses,
            StartRollbacks startRollbacks,
            OriginFactory originFactory,
            Traces traces,
            DetachedExecutor background,
            ReleaseEvents events,
            Clock clock) {
        var changeRelease = new ChangeRelease(
                releases,
                analyses,
                startRollbacks,
                background,
                events,
                decided -> groups.reviewOthers(decided, clock.instant()),
                Duration.ZERO);
        var judgeRelease = new JudgeRelease(
                releases,
                rules,
                groups,
                new JudgeWatchedRelease(releases, analyses, groups, originFactory, changeRelease),
                originFactory,
                changeRelease);
        return new ReviewRelease(releases, policies, askAnalysis, judgeRelease, traces, clock);
    }

    @Singleton
    ReviewReleases reviewReleases(Releases releases, ReviewRelease reviewRelease, Clock clock) {
        return new ReviewReleases(releases, reviewRelease, clock);
    }

    @Singleton
    AnalysisStream analysisStream(
            @Named("analysis") Channel channel,
            AnalysisReports reports,
            Releases releases,
            ReviewRelease reviewRelease,
            Traces traces,
            DetachedExecutor background) {
        return new AnalysisStream(
                channel, reports, new JudgeChangedReleases(releases, reviewRelease, traces, background));
    }

    /** Releases and decisions are kept as long as auditors may ask for them. */
    @Singleton
    Retention retention(Database database, RetentionSettings settings, MeterRegistry meters) {
        return new Retention(database, ReleaseRetention.STATEMENTS, settings.audit(), settings.audit(), meters);
    }

    @Singleton
    DurableTasks durableTasks(
            Database database,
            ReviewReleases reviewReleases,
            StartRollbacks startRollbacks,
            AnswerProtectionRules answerProtectionRules,
            RedeliverWebhooks redeliverWebhooks,
            SequenceAuditEntries sequenceAuditEntries,
            CollectAuditEntries collectAuditEntries,
            KeepRecords keepRecords,
            DeliverMessages deliverMessages,
            WatchRollbacks watchRollbacks,
            KeepSessions keepSessions,
            CallerVerifier verifier,
            Retention retention) {
        return new DurableTasks(
                database,
                List.of(),
                List.of(
                        ReviewTask.of(reviewReleases, startRollbacks),
                        ProtectionRuleTask.of(answerProtectionRules),
                        RedeliveryTask.of(redeliverWebhooks),
                        AuditTask.of(sequenceAuditEntries),
                        AuditTask.of(collectAuditEntries),
                        RecordTask.of(keepRecords),
                        MessageTask.watch(watchRollbacks),
                        MessageTask.deliver(deliverMessages),
                        MessageTask.sweep(deliverMessages),
                        SessionTask.of(() -> keepSessions.forgetEnded(verifier.signIn())),
                        retention.task()));
    }
}
