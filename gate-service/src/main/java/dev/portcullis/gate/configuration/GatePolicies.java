package dev.portcullis.gate.configuration;

import dev.portcullis.gate.calendar.PromotionCalendar;
import dev.portcullis.gate.github.GitHubApp;
import dev.portcullis.gate.policy.FailActions;
import dev.portcullis.gate.policy.GatePolicy;
import dev.portcullis.gate.policy.PolicyTest;
import dev.portcullis.gate.policy.UndecidedAction;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.ReleasePolicyDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The gate's part of one reading of the folder: its section of all ReleasePolicies, the promotion windows, and the GitHub app. Immutable. */
public final class GatePolicies {
    private final Map<String, GatePolicy> byService;
    private final List<PolicyTest> tests;
    private final PromotionCalendar calendar;
    private final Optional<GitHubApp> gitHubApp;

    private GatePolicies(
            Map<String, GatePolicy> byService,
            List<PolicyTest> tests,
            PromotionCalendar calendar,
            Optional<GitHubApp> gitHubApp) {
        this.byService = byService;
        this.tests = List.copyOf(tests);
        this.calendar = calendar;
        this.gitHubApp = gitHubApp;
    }

    /**
     * Reads the {@code gate} sections, the promotion windows and the GitHub app; the other sections are their services' business.
     *
     * @param faults where everything wrong in them is recorded; the result is of use only when it stays empty
     * @param rules the reader of {@code gate.rules}
     */
    public static GatePolicies parse(List<ConfigurationDocument> documents, Faults faults, PromotionRuleReader rules) {
        Map<String, GatePolicy> policies = new TreeMap<>();
        List<PolicyTest> tests = new ArrayList<>();
        for (var document : ReleasePolicyDocument.all(documents, faults)) {
            document.gate().ifPresent(gate -> tests.addAll(PolicyTestReader.read(document.service(), gate)));
            policies.put(document.service(), policy(document, rules));
        }
        var calendar = new PromotionCalendar(PromotionWindowDocuments.parse(documents, policies.keySet(), faults));
        return new GatePolicies(policies, tests, calendar, GitHubAppDocuments.parse(documents, faults));
    }

    private static GatePolicy policy(ReleasePolicyDocument document, PromotionRuleReader rules) {
        var name = document.document().name();
        var text = document.document().root().yaml();
        return document.gate()
                .map(gate -> {
                    var undecided = gate.choice("undecided", UndecidedAction.HOLD.word(), UndecidedAction.words());
                    var policy = new GatePolicy(
                            name,
                            document.service(),
                            UndecidedAction.of(undecided),
                            FailActionReader.read(gate),
                            rules.read(gate),
                            text);
                    gate.rejectUnknown();
                    return policy;
                })
                .orElseGet(() -> new GatePolicy(
                        name, document.service(), UndecidedAction.HOLD, FailActions.ABORT, List.of(), text));
    }

    /** The policy of a service; empty when no ReleasePolicy names it. */
    public Optional<GatePolicy> find(String service) {
        return Optional.ofNullable(byService.get(service));
    }

    /** The tests that the policies carry; nobody runs them here. */
    public List<PolicyTest> tests() {
        return tests;
    }

    /** When services may be promoted. */
    public PromotionCalendar calendar() {
        return calendar;
    }

    /** The app as which deployments of GitHub are decided on; empty when none is configured. */
    public Optional<GitHubApp> gitHubApp() {
        return gitHubApp;
    }

    /** The services that have one, in alphabetical order. */
    public Set<String> services() {
        return byService.keySet();
    }
}
