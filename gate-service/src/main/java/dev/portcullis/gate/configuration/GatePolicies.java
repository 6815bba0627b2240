package dev.portcullis.gate.configuration;

import dev.portcullis.gate.calendar.PromotionCalendar;
import dev.portcullis.gate.github.GitHubApp;
import dev.portcullis.gate.group.ReleaseGroup;
import dev.portcullis.gate.message.MessageBook;
import dev.portcullis.gate.policy.FailActions;
import dev.portcullis.gate.policy.GatePolicy;
import dev.portcullis.gate.policy.PolicyTest;
import dev.portcullis.gate.policy.UndecidedAction;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.ReleasePolicyDocument;
import dev.portcullis.kit.configuration.YamlMapping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The gate's part of one reading of the folder: its section of all ReleasePolicies, the promotion windows, the release groups, the GitHub app, and who is told what.
 * Immutable.
 */
public final class GatePolicies {
    private static final String SKIP = "skipAnalysis";
    private static final String LEGAL_LABELS = "labels of releases, as change=docs";
    private static final Duration SHORTEST_WATCH = Duration.ofMinutes(1);
    private static final Duration LONGEST_WATCH = Duration.ofDays(30);

    private final Map<String, GatePolicy> byService;
    private final List<PolicyTest> tests;
    private final PromotionCalendar calendar;
    private final List<ReleaseGroup> groups;
    private final Optional<GitHubApp> gitHubApp;
    private final MessageBook messages;

    private GatePolicies(
            Map<String, GatePolicy> byService,
            List<PolicyTest> tests,
            PromotionCalendar calendar,
            List<ReleaseGroup> groups,
            Optional<GitHubApp> gitHubApp,
            MessageBook messages) {
        this.byService = byService;
        this.tests = List.copyOf(tests);
        this.calendar = calendar;
        this.groups = List.copyOf(groups);
        this.gitHubApp = gitHubApp;
        this.messages = messages;
    }

    /**
     * Reads the {@code gate} sections, the promotion windows, the release groups, the GitHub app, and receivers and routes of messages; the other sections are their
     * services' business.
     *
     * @param faults where everything wrong in them is recorded; the result is of use only when it stays empty
     * @param rules the reader of {@code gate.rules}
     */
    public static GatePolicies parse(List<ConfigurationDocument> documents, Faults faults, PromotionRuleReader rules) {
        Map<String, GatePolicy> policies = new TreeMap<>();
        List<PolicyTest> tests = new ArrayList<>();
        var read = ReleasePolicyDocument.all(documents, faults);
        for (var document : read) {
            document.gate().ifPresent(gate -> tests.addAll(PolicyTestReader.read(document.service(), gate)));
            policies.put(document.service(), policy(document, rules));
        }
        read.forEach(document -> requireServices(document, policies));
        var groups = ReleaseGroupDocuments.parse(documents, policies.keySet(), faults);
        read.forEach(document -> requireTogether(document, policies, groups));
        var calendar = new PromotionCalendar(PromotionWindowDocuments.parse(documents, policies.keySet(), faults));
        return new GatePolicies(
                policies,
                tests,
                calendar,
                groups,
                GitHubAppDocuments.parse(documents, faults),
                MessageDocuments.parse(documents, policies.keySet(), faults));
    }

    /** A misspelt service that another one depends on would hold it for ever. */
    private static void requireServices(ReleasePolicyDocument document, Map<String, GatePolicy> policies) {
        var service = document.service();
        Optional.ofNullable(policies.get(service)).stream()
                .flatMap(policy -> policy.rules().stream())
                .flatMap(rule -> rule.budgets(service).stream())
                .filter(named -> !policies.containsKey(named))
                .distinct()
                .forEach(named -> document.gate()
                        .ifPresent(gate -> gate.fault(
                                "rules",
                                gate.path("rules") + " names '" + named + "', which no ReleasePolicy is for")));
    }

    /** Releases of which one waits for the other, and the other for the one, would wait for ever. */
    private static void requireTogether(
            ReleasePolicyDocument document, Map<String, GatePolicy> policies, List<ReleaseGroup> groups) {
        var service = document.service();
        for (var group : groups) {
            var together =
                    group.members().stream().map(member -> member.service()).toList();
            Optional.ofNullable(policies.get(service)).filter(policy -> together.contains(service)).stream()
                    .flatMap(policy -> policy.rules().stream())
                    .filter(rule -> !rule.keepsApart(together).isEmpty())
                    .forEach(rule -> document.gate()
                            .ifPresent(gate -> gate.fault(
                                    "rules",
                                    gate.path("rules") + " has '" + rule.name() + "', which "
                                            + rule.keepsApart(together)
                                            + ", fewer than the ReleaseGroup '" + group.name()
                                            + "' has, whose releases would wait for each other")));
        }
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
                            skipAnalysis(gate),
                            bakeAfter(gate),
                            rules.read(gate),
                            text);
                    gate.rejectUnknown();
                    return policy;
                })
                .orElseGet(() -> new GatePolicy(
                        name,
                        document.service(),
                        UndecidedAction.HOLD,
                        FailActions.ABORT,
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        text));
    }

    private static List<String> skipAnalysis(YamlMapping gate) {
        gate.describe(SKIP, "none", LEGAL_LABELS);
        var labels = gate.texts(SKIP);
        labels.stream()
                .filter(label -> !label.matches("[^=,]+=[^,]+"))
                .forEach(label -> gate.fault(SKIP, gate.path(SKIP) + " has '" + label + "'; legal: " + LEGAL_LABELS));
        return labels;
    }

    private static Optional<Duration> bakeAfter(YamlMapping gate) {
        return gate.duration("bakeAfter", SHORTEST_WATCH, LONGEST_WATCH);
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

    /** The services that are released together. */
    public List<ReleaseGroup> groups() {
        return groups;
    }

    /** The app as which deployments of GitHub are decided on; empty when none is configured. */
    public Optional<GitHubApp> gitHubApp() {
        return gitHubApp;
    }

    /** Who is told what. */
    public MessageBook messages() {
        return messages;
    }

    /** The services that have one, in alphabetical order. */
    public Set<String> services() {
        return byService.keySet();
    }
}
