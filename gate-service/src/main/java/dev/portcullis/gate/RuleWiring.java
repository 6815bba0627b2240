package dev.portcullis.gate;

import dev.portcullis.gate.budget.ErrorBudgetMemory;
import dev.portcullis.gate.client.GrpcErrorBudgets;
import dev.portcullis.gate.client.HttpWebhooks;
import dev.portcullis.gate.configuration.AddedRuleReader;
import dev.portcullis.gate.configuration.GatePolicies;
import dev.portcullis.gate.configuration.PromotionRuleReader;
import dev.portcullis.gate.policy.Policies;
import dev.portcullis.gate.policy.PolicyTrial;
import dev.portcullis.gate.release.Releases;
import dev.portcullis.gate.release.ReleasesInProgress;
import dev.portcullis.gate.rule.AddedRules;
import dev.portcullis.gate.rule.CalendarRule;
import dev.portcullis.gate.rule.GroupRule;
import dev.portcullis.gate.rule.HoldRule;
import dev.portcullis.gate.rule.approval.ApprovalKind;
import dev.portcullis.gate.rule.bake.MinimumBakeKind;
import dev.portcullis.gate.rule.budget.ErrorBudgetKind;
import dev.portcullis.gate.rule.concurrency.ConcurrencyKind;
import dev.portcullis.gate.rule.dependency.DependencyKind;
import dev.portcullis.gate.rule.expression.ExpressionKind;
import dev.portcullis.gate.rule.traffic.TrafficShareKind;
import dev.portcullis.gate.rule.webhook.WebhookAnswer;
import dev.portcullis.gate.rule.webhook.WebhookKind;
import dev.portcullis.gate.rule.webhook.WebhookMemory;
import dev.portcullis.gate.telemetry.DetachedExecutor;
import dev.portcullis.gate.usecase.ReadErrorBudgets;
import dev.portcullis.gate.usecase.ReadReleasesInProgress;
import dev.portcullis.kit.client.ClientChannels;
import dev.portcullis.kit.client.PeerAddresses;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.http.TracedHttpClient;
import dev.portcullis.kit.lifecycle.BackgroundWork;
import dev.portcullis.kit.lifecycle.PeriodicWork;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** The rules that a ReleasePolicy may list, and what they go by. */
@Factory
public final class RuleWiring {
    /** A look finds what is due, also of a policy that has just changed; each budget is read far more rarely. */
    private static final Duration BETWEEN_LOOKS_AT_BUDGETS = Duration.ofSeconds(1);

    private static final Duration BETWEEN_LOOKS_AT_RELEASES = Duration.ofSeconds(1);

    private static final String READ_BEFOREHAND =
            "it goes by %s, which the gate reads beforehand for the policies that have such a rule; write it into gate.rules of the ReleasePolicy";

    /** The reader of these lists: a new kind of rule is a line here. */
    static PromotionRuleReader policyRules(
            ErrorBudgetMemory budgets, WebhookMemory webhooks, ReleasesInProgress inProgress) {
        return new PromotionRuleReader(
                List.of(
                        new ApprovalKind(),
                        new ConcurrencyKind(inProgress),
                        new DependencyKind(budgets),
                        new MinimumBakeKind(),
                        new ErrorBudgetKind(budgets),
                        new ExpressionKind(),
                        new TrafficShareKind(),
                        new WebhookKind(webhooks)),
                List.of(HoldRule.NAME, CalendarRule.NAME, GroupRule.NAME));
    }

    /** The same for who only wants to know what is wrong with them: nothing that the rules go by is known. */
    public static PromotionRuleReader policyRules() {
        return policyRules(new ErrorBudgetMemory(System::nanoTime), agreeing(), nothingElse());
    }

    /**
     * Runs the tests that policies carry, as far as the documents can be read.
     *
     * @param faults hears of each test that comes out otherwise than it says, besides all that is wrong with the gate's sections
     */
    public static void test(List<ConfigurationDocument> documents, Faults faults) {
        var budgets = new ErrorBudgetMemory(() -> 0);
        var policies = GatePolicies.parse(documents, faults, policyRules(budgets, agreeing(), nothingElse()));
        if (!faults.isEmpty()) {
            return;
        }
        var trial = new PolicyTrial(budgets, policies.calendar());
        for (var test : policies.tests()) {
            trial.difference(test, policies.find(test.service()).orElseThrow())
                    .ifPresent(difference -> faults.add(test.file(), test.line(), difference));
        }
    }

    /** Asks nobody: what a webhook would say is no matter of the policy, so that it agrees to every test. */
    private static WebhookMemory agreeing() {
        return new WebhookMemory(question -> new WebhookAnswer.Allowed(), Runnable::run, System::nanoTime);
    }

    /** In a test of a policy there is no release but that of the case. */
    private static ReleasesInProgress nothingElse() {
        var none = new ReleasesInProgress(() -> 0);
        none.read(List.of(), 0);
        return none;
    }

    /** The reader of the rules that questions may add: of kinds that go by the release and its analysis alone. */
    public static AddedRules addedRules(Executor background) {
        return new AddedRuleReader(
                PromotionRuleReader.ofQuestions(List.of(
                        new ApprovalKind(),
                        ExpressionKind.ofQuestions(),
                        new MinimumBakeKind(),
                        new TrafficShareKind())),
                Map.of(
                        "concurrency",
                        READ_BEFOREHAND.formatted("which releases are in progress"),
                        "dependency",
                        READ_BEFOREHAND.formatted("the error budgets of the services it names"),
                        "errorBudget",
                        READ_BEFOREHAND.formatted("the error budgets of the service"),
                        "webhook",
                        "whoever may ask could have the gate call any address; write it into gate.rules of the ReleasePolicy"),
                background);
    }

    @Singleton
    AddedRules addedRulesOfQuestions(DetachedExecutor background) {
        return addedRules(background);
    }

    @Singleton
    ReleasesInProgress releasesInProgress() {
        return new ReleasesInProgress(System::nanoTime);
    }

    @Singleton
    BackgroundWork releasesInProgressPoll(Policies policies, Releases releases, ReleasesInProgress memory) {
        var read = new ReadReleasesInProgress(policies, ConcurrencyKind::isOf, releases, memory);
        return new PeriodicWork(Thread.ofVirtual().name("releases-in-progress"), BETWEEN_LOOKS_AT_RELEASES, read::read);
    }

    @Singleton
    PromotionRuleReader promotionRuleReader(
            ErrorBudgetMemory budgets, WebhookMemory webhooks, ReleasesInProgress inProgress) {
        return policyRules(budgets, webhooks, inProgress);
    }

    @Singleton
    ErrorBudgetMemory errorBudgetMemory() {
        return new ErrorBudgetMemory(System::nanoTime);
    }

    @Singleton
    WebhookMemory webhookMemory(TracedHttpClient http, DetachedExecutor background) {
        return new WebhookMemory(new HttpWebhooks(http), background, System::nanoTime);
    }

    @Singleton
    BackgroundWork errorBudgetPoll(
            Policies policies, ErrorBudgetMemory memory, ClientChannels channels, PeerAddresses addresses) {
        var budgets = new GrpcErrorBudgets(channels.open(GrpcErrorBudgets.downstream(addresses.analysis())));
        var read = new ReadErrorBudgets(policies, budgets, memory, System::nanoTime);
        return new PeriodicWork(Thread.ofVirtual().name("error-budgets"), BETWEEN_LOOKS_AT_BUDGETS, read::readDue);
    }
}
