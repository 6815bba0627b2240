package dev.portcullis.gate;

import dev.portcullis.gate.analysis.Analyses;
import dev.portcullis.gate.analysis.AnalysesInMemory;
import dev.portcullis.gate.analysis.AnalysisReports;
import dev.portcullis.gate.audit.AuditLog;
import dev.portcullis.gate.audit.AuditSigning;
import dev.portcullis.gate.audit.AuditSurroundings;
import dev.portcullis.gate.client.AnalysisStream;
import dev.portcullis.gate.client.ConnectionWarmUp;
import dev.portcullis.gate.client.GitHubClient;
import dev.portcullis.gate.client.GrpcAnalyses;
import dev.portcullis.gate.client.GrpcRollbackRecord;
import dev.portcullis.gate.client.GrpcRollbacks;
import dev.portcullis.gate.configuration.GatePolicies;
import dev.portcullis.gate.configuration.LivePolicies;
import dev.portcullis.gate.github.GitHubApps;
import dev.portcullis.gate.github.ProtectionRules;
import dev.portcullis.gate.grpc.AuditGrpcService;
import dev.portcullis.gate.grpc.GateAccess;
import dev.portcullis.gate.grpc.GateGrpcService;
import dev.portcullis.gate.http.GateHttpAccess;
import dev.portcullis.gate.http.gate.EvaluationId;
import dev.portcullis.gate.kayenta.CanaryExecution;
import dev.portcullis.gate.policy.Policies;
import dev.portcullis.gate.release.Decisions;
import dev.portcullis.gate.release.ReleaseEvents;
import dev.portcullis.gate.release.ReleaseMemory;
import dev.portcullis.gate.release.Releases;
import dev.portcullis.gate.release.ReleasesInMemory;
import dev.portcullis.gate.release.RememberedReleases;
import dev.portcullis.gate.rollback.RememberedRollbackOrders;
import dev.portcullis.gate.rollback.RememberedRollbackRecord;
import dev.portcullis.gate.rollback.RollbackOrders;
import dev.portcullis.gate.rollback.RollbackRecord;
import dev.portcullis.gate.rollback.Rollbacks;
import dev.portcullis.gate.schedule.AuditTask;
import dev.portcullis.gate.schedule.ProtectionRuleTask;
import dev.portcullis.gate.schedule.ReviewTask;
import dev.portcullis.gate.store.AuditRecorder;
import dev.portcullis.gate.store.AuditSettings;
import dev.portcullis.gate.store.PostgresAuditLog;
import dev.portcullis.gate.store.PostgresDecisions;
import dev.portcullis.gate.store.PostgresFlaggerRollouts;
import dev.portcullis.gate.store.PostgresProtectionRules;
import dev.portcullis.gate.store.PostgresReleases;
import dev.portcullis.gate.store.PostgresRollbackOrders;
import dev.portcullis.gate.store.ReleaseFeed;
import dev.portcullis.gate.store.ReleaseRetention;
import dev.portcullis.gate.telemetry.CountedAuditEvents;
import dev.portcullis.gate.telemetry.CountedProtectionRules;
import dev.portcullis.gate.telemetry.CountedReleaseEvents;
import dev.portcullis.gate.telemetry.DetachedExecutor;
import dev.portcullis.gate.telemetry.LinkedTraces;
import dev.portcullis.gate.telemetry.OpenReleaseGauges;
import dev.portcullis.gate.trace.Traces;
import dev.portcullis.gate.usecase.AnswerHook;
import dev.portcullis.gate.usecase.AnswerProtectionRules;
import dev.portcullis.gate.usecase.AnswerQuestion;
import dev.portcullis.gate.usecase.AskAnalysis;
import dev.portcullis.gate.usecase.AwaitDecision;
import dev.portcullis.gate.usecase.ChangeRelease;
import dev.portcullis.gate.usecase.DecideByHand;
import dev.portcullis.gate.usecase.DeployRule;
import dev.portcullis.gate.usecase.EndRelease;
import dev.portcullis.gate.usecase.EvaluateExecution;
import dev.portcullis.gate.usecase.EvaluateGate;
import dev.portcullis.gate.usecase.HearEvents;
import dev.portcullis.gate.usecase.JudgeChangedReleases;
import dev.portcullis.gate.usecase.JudgeRelease;
import dev.portcullis.gate.usecase.NewRunRule;
import dev.portcullis.gate.usecase.OriginFactory;
import dev.portcullis.gate.usecase.ReadAuditLog;
import dev.portcullis.gate.usecase.ReadReleases;
import dev.portcullis.gate.usecase.RecordService;
import dev.portcullis.gate.usecase.ReviewRelease;
import dev.portcullis.gate.usecase.ReviewReleases;
import dev.portcullis.gate.usecase.SequenceAuditEntries;
import dev.portcullis.gate.usecase.StartRollbacks;
import dev.portcullis.gate.usecase.VerifyAuditLog;
import dev.portcullis.kit.client.ClientChannels;
import dev.portcullis.kit.configuration.LiveConfiguration;
import dev.portcullis.kit.configuration.SectionReaders;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.database.RowVersions;
import dev.portcullis.kit.http.HttpAccess;
import dev.portcullis.kit.http.ServedPath;
import dev.portcullis.kit.http.TracedHttpClient;
import dev.portcullis.kit.launch.ServiceLauncher;
import dev.portcullis.kit.lifecycle.BackgroundWork;
import dev.portcullis.kit.retention.DeletedRecords;
import dev.portcullis.kit.retention.Retention;
import dev.portcullis.kit.retention.RetentionSettings;
import dev.portcullis.kit.rpc.CallCaller;
import dev.portcullis.kit.rpc.RequestSource;
import dev.portcullis.kit.rpc.RpcAccess;
import dev.portcullis.kit.rpc.Versions;
import dev.portcullis.kit.schedule.DurableTasks;
import dev.portcullis.kit.telemetry.TraceLink;
import io.grpc.BindableService;
import io.grpc.Channel;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;

/** The objects of gate-service. */
@Factory
final class Wiring {

    @Singleton
    @Bean(preDestroy = "close")
    LiveConfiguration<GatePolicies> configuration(
            @Property(name = "portcullis.config") String folder, SectionReaders readers) {
        return LiveConfiguration.open(
                Path.of(folder), readers.before("gate", GatePolicies::parse), LiveConfiguration.POLL_INTERVAL);
    }

    @Singleton
    ServedPath decisions() {
        return new ServedPath(
                "/v1/argo?service=checkout&canary=7d9c8&stable=5b6f4&revision=42",
                "the decision about a canary: PROMOTE, HOLD or ABORT");
    }

    @Singleton
    ServedPath pipelines() {
        return new ServedPath(
                "/v1/gate (POST)", "the same for a pipeline, at the stages of a deployment; may wait for the answer");
    }

    @Singleton
    ServedPath hooks() {
        return new ServedPath("/v1/flagger/{type} (POST)", "what Flagger's webhooks of a type call");
    }

    @Singleton
    ServedPath executions() {
        return new ServedPath("/v1/kayenta/canaryConfig", "the policies as Kayenta's canary configs, for its clients");
    }

    @Singleton
    Policies policies(LiveConfiguration<GatePolicies> configuration, Clock clock) {
        return new LivePolicies(configuration, clock);
    }

    @Singleton
    @Named("analysis")
    Channel analysisChannel(
            ClientChannels channels,
            @Property(name = "portcullis.analysis.address") String address,
            @Property(name = "portcullis.gate.limit.analysis") Duration deadline) {
        return channels.open(GrpcAnalyses.downstream(address, deadline));
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
    Channel preparingChannel(ClientChannels channels, @Property(name = "portcullis.rollback.address") String address) {
        return channels.open(GrpcRollbacks.preparing(address));
    }

    @Singleton
    @Named("starting")
    Channel startingChannel(ClientChannels channels, @Property(name = "portcullis.rollback.address") String address) {
        return channels.open(GrpcRollbacks.starting(address));
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
            @Property(name = "portcullis.rollback.address") String address,
            @Property(name = "portcullis.gate.limit.rollback-state") Duration deadline) {
        var record = new GrpcRollbackRecord(channels.open(GrpcRollbackRecord.downstream(address, deadline)));
        return new RememberedRollbackRecord(record, System::nanoTime);
    }

    @Singleton
    Releases releases(Database database, ReleaseMemory memory, AuditRecorder recorder) {
        return new RememberedReleases(new PostgresReleases(database.jdbi(), recorder), memory);
    }

    @Singleton
    ReleaseMemory releaseMemory() {
        return new ReleaseMemory(System::nanoTime);
    }

    @Singleton
    ReleaseFeed releaseFeed(Database database, ReleaseMemory memory, AuditRecorder recorder) {
        var releases = new PostgresReleases(Jdbi.create(database.untraced()), recorder);
        return new ReleaseFeed(database.untraced(), releases, memory, System::nanoTime);
    }

    @Singleton
    Decisions decisions(Database database) {
        return new PostgresDecisions(database.jdbi());
    }

    @Singleton
    Versions versions(Database database) {
        return new RowVersions(database, PostgresReleases.VERSIONS);
    }

    @Singleton
    RollbackOrders rollbackOrders(Database database, ReleaseMemory memory, AuditRecorder recorder, Clock clock) {
        return new RememberedRollbackOrders(
                new PostgresRollbackOrders(database.jdbi(), recorder, clock), memory::changedHere);
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
    OpenReleaseGauges openReleaseGauges(Database database, AuditRecorder recorder, Clock clock, MeterRegistry meters) {
        return new OpenReleaseGauges(new PostgresReleases(Jdbi.create(database.untraced()), recorder), clock, meters);
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
            @Property(name = "portcullis.gate.limit.rollback-start") Duration patience) {
        return new ChangeRelease(releases, analyses, startRollbacks, background, events, patience);
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
    JudgeRelease judgeRelease(Releases releases, OriginFactory originFactory, ChangeRelease changeRelease) {
        return new JudgeRelease(releases, originFactory, changeRelease);
    }

    /** The same rules as those of a question that is asked where things are kept, over memory alone. */
    @Singleton
    @Named("memory")
    AnswerQuestion answerFromMemory(
            Policies policies,
            ReleaseMemory memory,
            AnalysisReports reports,
            OriginFactory originFactory,
            StartRollbacks startRollbacks,
            DetachedExecutor background,
            ReleaseEvents events,
            Decisions decisions,
            RememberedRollbackRecord record) {
        var releases = new ReleasesInMemory(memory);
        var analyses = new AnalysesInMemory();
        // Of these releases it changes none, so nothing ever follows.
        var changeRelease = new ChangeRelease(releases, analyses, startRollbacks, background, events, Duration.ZERO);
        var readReleases = new ReadReleases(releases, decisions, record.inMemory());
        return new AnswerQuestion(
                policies,
                releases,
                new NewRunRule(releases, originFactory, changeRelease),
                new DeployRule(releases, readReleases),
                new AskAnalysis(analyses, reports),
                new JudgeRelease(releases, originFactory, changeRelease),
                originFactory,
                readReleases);
    }

    @Singleton
    @Named("store")
    AnswerQuestion answerQuestion(
            Policies policies,
            Releases releases,
            AskAnalysis askAnalysis,
            JudgeRelease judgeRelease,
            OriginFactory originFactory,
            ChangeRelease changeRelease,
            ReadReleases readReleases) {
        return new AnswerQuestion(
                policies,
                releases,
                new NewRunRule(releases, originFactory, changeRelease),
                new DeployRule(releases, readReleases),
                askAnalysis,
                judgeRelease,
                originFactory,
                readReleases);
    }

    @Singleton
    EvaluateGate evaluateGate(
            @Named("memory") AnswerQuestion memory,
            @Named("store") AnswerQuestion question,
            ReleaseMemory releaseMemory,
            DetachedExecutor background,
            ReleaseEvents events,
            @Property(name = "portcullis.gate.limit.answer") Duration longest) {
        return new EvaluateGate(memory, question, releaseMemory::changesHere, background, events, longest);
    }

    @Singleton
    AwaitDecision awaitDecision(
            EvaluateGate evaluateGate,
            ReleaseMemory memory,
            Policies policies,
            Traces traces,
            DetachedExecutor background,
            @Property(name = "portcullis.gate.limit.answer") Duration longest) {
        return new AwaitDecision(
                evaluateGate,
                memory,
                policies,
                traces,
                background,
                (delay, task) -> CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
                        .execute(task),
                longest,
                System::nanoTime);
    }

    /** Answers those who wait when the service stops. */
    @Singleton
    BackgroundWork openWaits(AwaitDecision awaitDecision) {
        return new BackgroundWork() {
            @Override
            public void start() {}

            @Override
            public void stop() {
                awaitDecision.stop();
            }
        };
    }

    @Singleton
    ReadReleases readReleases(Releases releases, Decisions decisions, RollbackRecord record) {
        return new ReadReleases(releases, decisions, record);
    }

    @Singleton
    DecideByHand decideByHand(ReadReleases readReleases, OriginFactory originFactory, ChangeRelease changeRelease) {
        return new DecideByHand(readReleases, originFactory, changeRelease);
    }

    @Singleton
    EndRelease endRelease(Releases releases, OriginFactory originFactory, ChangeRelease changeRelease) {
        return new EndRelease(releases, originFactory, changeRelease);
    }

    @Singleton
    AnswerHook answerHook(Policies policies, Database database, EvaluateGate evaluateGate, EndRelease endRelease) {
        return new AnswerHook(policies, new PostgresFlaggerRollouts(database.jdbi()), evaluateGate, endRelease);
    }

    @Singleton
    EvaluateExecution evaluateExecution(EvaluateGate evaluateGate, Releases releases, EndRelease endRelease) {
        return new EvaluateExecution(evaluateGate, releases, endRelease);
    }

    @Singleton
    HearEvents hearEvents(AnswerHook answerHook, DetachedExecutor background) {
        return new HearEvents(answerHook, background);
    }

    @Singleton
    BindableService gateService(
            EvaluateGate evaluateGate,
            ReadReleases readReleases,
            DecideByHand decideByHand,
            Versions versions,
            DeletedRecords deleted) {
        return new GateGrpcService(evaluateGate, readReleases, decideByHand, versions, deleted);
    }

    @Singleton
    RpcAccess rpcAccess() {
        return GateAccess.rpcs();
    }

    @Singleton
    HttpAccess httpAccess(Policies policies) {
        return GateHttpAccess.of(
                policies, EvaluationId::service, id -> CanaryExecution.of(id).map(CanaryExecution::service));
    }

    @Singleton
    ReviewRelease reviewRelease(
            Releases releases,
            Policies policies,
            AskAnalysis askAnalysis,
            Analyses analyses,
            StartRollbacks startRollbacks,
            OriginFactory originFactory,
            Traces traces,
            DetachedExecutor background,
            ReleaseEvents events,
            Clock clock) {
        var changeRelease = new ChangeRelease(releases, analyses, startRollbacks, background, events, Duration.ZERO);
        var judgeRelease = new JudgeRelease(releases, originFactory, changeRelease);
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

    /** What surrounds the present work: how it was asked for, and the configuration in use. */
    @Singleton
    AuditRecorder auditRecorder(LiveConfiguration<GatePolicies> configuration, Traces traces) {
        return new AuditRecorder(
                () -> new AuditSurroundings(
                        RequestSource.current().map(RequestSource::json).orElse(Map.of("interface", "INTERNAL")),
                        configuration.generation(),
                        traces.traceId(),
                        ServiceLauncher.VERSION),
                CallCaller::current);
    }

    @Singleton
    AuditLog auditLog(Database database, AuditRecorder recorder) {
        return new PostgresAuditLog(database.jdbi(), recorder);
    }

    @Context
    AuditSigning auditSigning(
            @Property(name = "portcullis.audit.key") String key,
            @Property(name = "portcullis.audit.checkpoint") String checkpoint) {
        return AuditSettings.read(key, checkpoint);
    }

    /** Its statements are no part of any trace. */
    @Singleton
    SequenceAuditEntries sequenceAuditEntries(
            Database database, AuditRecorder recorder, AuditSigning signing, MeterRegistry meters) {
        var log = new PostgresAuditLog(Jdbi.create(database.untraced()), recorder);
        return new SequenceAuditEntries(log, signing, new CountedAuditEvents(meters));
    }

    @Singleton
    ReadAuditLog readAuditLog(AuditLog log, Clock clock) {
        return new ReadAuditLog(log, clock);
    }

    @Singleton
    BindableService auditService(
            ReadAuditLog readAuditLog, AuditLog log, AuditSigning signing, DeletedRecords deleted) {
        return new AuditGrpcService(readAuditLog, new VerifyAuditLog(log, signing), signing, deleted);
    }

    /** Records when the service begins and ends. */
    @Singleton
    BackgroundWork serviceRecord(AuditLog log, Clock clock) {
        var record = new RecordService(log, clock);
        return new BackgroundWork() {
            @Override
            public void start() {
                record.begin();
            }

            @Override
            public void stop() {
                record.end();
            }
        };
    }

    @Singleton
    ServedPath audit() {
        return new ServedPath("/audit/checkpoint", "what the audit log is signed as; docs/audit.md");
    }

    @Singleton
    GitHubApps gitHubApps(LiveConfiguration<GatePolicies> configuration) {
        return () -> configuration.current().gitHubApp();
    }

    @Singleton
    ProtectionRules protectionRules(Database database, MeterRegistry meters) {
        return new CountedProtectionRules(new PostgresProtectionRules(database.jdbi()), meters);
    }

    @Singleton
    AnswerProtectionRules answerProtectionRules(
            ProtectionRules rules,
            GitHubApps apps,
            TracedHttpClient http,
            EvaluateGate evaluateGate,
            Traces traces,
            Clock clock) {
        return new AnswerProtectionRules(rules, apps, new GitHubClient(http, clock), evaluateGate, traces, clock);
    }

    @Singleton
    DurableTasks durableTasks(
            Database database,
            ReviewReleases reviewReleases,
            StartRollbacks startRollbacks,
            AnswerProtectionRules answerProtectionRules,
            SequenceAuditEntries sequenceAuditEntries,
            Retention retention) {
        return new DurableTasks(
                database,
                List.of(),
                List.of(
                        ReviewTask.of(reviewReleases, startRollbacks),
                        ProtectionRuleTask.of(answerProtectionRules),
                        AuditTask.of(sequenceAuditEntries),
                        retention.task()));
    }
}
