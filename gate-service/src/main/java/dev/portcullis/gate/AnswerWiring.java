package dev.portcullis.gate;

import dev.portcullis.gate.analysis.Analyses;
import dev.portcullis.gate.analysis.AnalysesInMemory;
import dev.portcullis.gate.analysis.AnalysisReports;
import dev.portcullis.gate.client.GitHubClient;
import dev.portcullis.gate.configuration.GatePolicies;
import dev.portcullis.gate.github.GitHubApi;
import dev.portcullis.gate.github.GitHubApps;
import dev.portcullis.gate.github.ProtectionRules;
import dev.portcullis.gate.group.GroupAborts;
import dev.portcullis.gate.grpc.GateAccess;
import dev.portcullis.gate.grpc.GateGrpcService;
import dev.portcullis.gate.hold.PromotionHolds;
import dev.portcullis.gate.http.GateHttpAccess;
import dev.portcullis.gate.http.gate.EvaluationId;
import dev.portcullis.gate.kayenta.CanaryExecution;
import dev.portcullis.gate.policy.Policies;
import dev.portcullis.gate.release.AnalysisRecords;
import dev.portcullis.gate.release.Decisions;
import dev.portcullis.gate.release.ReleaseEvents;
import dev.portcullis.gate.release.ReleaseMemory;
import dev.portcullis.gate.release.Releases;
import dev.portcullis.gate.release.ReleasesInMemory;
import dev.portcullis.gate.rollback.RememberedRollbackRecord;
import dev.portcullis.gate.rollback.RollbackRecord;
import dev.portcullis.gate.rule.AddedRules;
import dev.portcullis.gate.rule.PromotionRules;
import dev.portcullis.gate.store.PostgresFlaggerRollouts;
import dev.portcullis.gate.store.PostgresProtectionRules;
import dev.portcullis.gate.telemetry.CountedProtectionRules;
import dev.portcullis.gate.telemetry.DetachedExecutor;
import dev.portcullis.gate.trace.Traces;
import dev.portcullis.gate.usecase.AnswerHook;
import dev.portcullis.gate.usecase.AnswerProtectionRules;
import dev.portcullis.gate.usecase.AnswerQuestion;
import dev.portcullis.gate.usecase.ApproveRelease;
import dev.portcullis.gate.usecase.AskAnalysis;
import dev.portcullis.gate.usecase.AwaitDecision;
import dev.portcullis.gate.usecase.ChangeRelease;
import dev.portcullis.gate.usecase.DecideByHand;
import dev.portcullis.gate.usecase.DeployRule;
import dev.portcullis.gate.usecase.EndRelease;
import dev.portcullis.gate.usecase.EvaluateExecution;
import dev.portcullis.gate.usecase.EvaluateGate;
import dev.portcullis.gate.usecase.HearEvents;
import dev.portcullis.gate.usecase.JudgeRelease;
import dev.portcullis.gate.usecase.JudgeWatchedRelease;
import dev.portcullis.gate.usecase.NewRunRule;
import dev.portcullis.gate.usecase.OriginFactory;
import dev.portcullis.gate.usecase.ReadEvidence;
import dev.portcullis.gate.usecase.ReadRecord;
import dev.portcullis.gate.usecase.ReadReleases;
import dev.portcullis.gate.usecase.RedeliverWebhooks;
import dev.portcullis.gate.usecase.RetryRelease;
import dev.portcullis.gate.usecase.StartRollbacks;
import dev.portcullis.gate.usecase.WithdrawApproval;
import dev.portcullis.kit.configuration.LiveConfiguration;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.http.HttpAccess;
import dev.portcullis.kit.http.ServedPath;
import dev.portcullis.kit.http.TracedHttpClient;
import dev.portcullis.kit.lifecycle.BackgroundWork;
import dev.portcullis.kit.retention.DeletedRecords;
import dev.portcullis.kit.rpc.RpcAccess;
import dev.portcullis.kit.rpc.Versions;
import io.grpc.BindableService;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The objects of gate-service that answer questions: by whichever door they come, from memory or from where things are kept, at once or when an answer is there. */
@Factory
final class AnswerWiring {
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

    /** The same rules as those of a question that is asked where things are kept, over memory alone. */
    @Singleton
    @Named("memory")
    AnswerQuestion answerFromMemory(
            Policies policies,
            @Named("memory") PromotionRules rules,
            Clock clock,
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
        var changeRelease =
                new ChangeRelease(releases, analyses, startRollbacks, background, events, changed -> {}, Duration.ZERO);
        var groups = new GroupAborts(policies::group, Optional.empty());
        var readReleases = new ReadReleases(releases, decisions, record.inMemory());
        return new AnswerQuestion(
                policies,
                releases,
                new NewRunRule(releases, originFactory, changeRelease),
                new DeployRule(releases, readReleases, rules, clock),
                new AskAnalysis(analyses, reports),
                new JudgeRelease(
                        releases,
                        rules,
                        groups,
                        new JudgeWatchedRelease(releases, analyses, groups, originFactory, changeRelease),
                        originFactory,
                        changeRelease),
                originFactory,
                readReleases);
    }

    @Singleton
    @Named("store")
    AnswerQuestion answerQuestion(
            Policies policies,
            @Named("store") PromotionRules rules,
            Clock clock,
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
                new DeployRule(releases, readReleases, rules, clock),
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
    ReadRecord readRecord(AnalysisRecords records, Analyses analyses) {
        return new ReadRecord(records, analyses);
    }

    @Singleton
    DecideByHand decideByHand(
            ReadReleases readReleases,
            Releases releases,
            Policies policies,
            @Named("store") PromotionRules rules,
            GroupAborts groups,
            AskAnalysis askAnalysis,
            OriginFactory originFactory,
            ChangeRelease changeRelease) {
        return new DecideByHand(
                readReleases, releases, policies, rules, groups, askAnalysis, originFactory, changeRelease);
    }

    @Singleton
    EndRelease endRelease(
            Releases releases,
            AskAnalysis askAnalysis,
            GroupAborts groups,
            OriginFactory originFactory,
            ChangeRelease changeRelease) {
        return new EndRelease(releases, askAnalysis, groups, originFactory, changeRelease);
    }

    @Singleton
    ApproveRelease approveRelease(
            ReadReleases readReleases,
            Releases releases,
            @Named("store") PromotionRules rules,
            OriginFactory originFactory) {
        return new ApproveRelease(readReleases, releases, rules, originFactory);
    }

    @Singleton
    WithdrawApproval withdrawApproval(ReadReleases readReleases, Releases releases, OriginFactory originFactory) {
        return new WithdrawApproval(readReleases, releases, originFactory);
    }

    @Singleton
    RetryRelease retryRelease(ReadReleases readReleases, Releases releases, OriginFactory originFactory) {
        return new RetryRelease(readReleases, releases, originFactory);
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
            AddedRules addedRules,
            ReadReleases readReleases,
            ReadRecord readRecord,
            ReadEvidence readEvidence,
            DecideByHand decideByHand,
            ApproveRelease approveRelease,
            WithdrawApproval withdrawApproval,
            RetryRelease retryRelease,
            Versions versions,
            DeletedRecords deleted) {
        return new GateGrpcService(
                evaluateGate,
                addedRules,
                readReleases,
                readRecord,
                readEvidence,
                decideByHand,
                approveRelease,
                withdrawApproval,
                retryRelease,
                versions,
                deleted);
    }

    @Singleton
    RpcAccess rpcAccess(PromotionHolds holds, DeletedRecords deleted) {
        return GateAccess.rpcs(holds, deleted);
    }

    @Singleton
    HttpAccess httpAccess(Policies policies) {
        return GateHttpAccess.of(
                policies, EvaluationId::service, id -> CanaryExecution.of(id).map(CanaryExecution::service));
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
    GitHubApi gitHubApi(TracedHttpClient http, Clock clock) {
        return new GitHubClient(http, clock);
    }

    @Singleton
    RedeliverWebhooks redeliverWebhooks(GitHubApps apps, GitHubApi api, Clock clock) {
        return new RedeliverWebhooks(apps, api, clock);
    }

    @Singleton
    AnswerProtectionRules answerProtectionRules(
            ProtectionRules rules,
            GitHubApps apps,
            GitHubApi api,
            EvaluateGate evaluateGate,
            Traces traces,
            Clock clock) {
        return new AnswerProtectionRules(rules, apps, api, evaluateGate, traces, clock);
    }
}
