package dev.portcullis.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.analysis.AnalysisProgress;
import dev.portcullis.gate.analysis.AnalysisReport;
import dev.portcullis.gate.analysis.AnalysisState;
import dev.portcullis.gate.analysis.CanaryTraffic;
import dev.portcullis.gate.analysis.Figures;
import dev.portcullis.gate.analysis.Judge;
import dev.portcullis.gate.analysis.MeasuringState;
import dev.portcullis.gate.analysis.Severity;
import dev.portcullis.gate.analysis.Verdict;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Origin;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.decision.RuleOutcome;
import dev.portcullis.gate.group.GroupAborts;
import dev.portcullis.gate.group.GroupChange;
import dev.portcullis.gate.group.GroupMember;
import dev.portcullis.gate.group.GroupReleases;
import dev.portcullis.gate.group.ReleaseGroup;
import dev.portcullis.gate.policy.DecisionRules;
import dev.portcullis.gate.policy.FailAction;
import dev.portcullis.gate.policy.FailActions;
import dev.portcullis.gate.policy.UndecidedAction;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseDetails;
import dev.portcullis.gate.release.ReleaseEndedException;
import dev.portcullis.gate.release.ReleaseFailedException;
import dev.portcullis.gate.release.ReleaseKey;
import dev.portcullis.gate.release.ReleaseStart;
import dev.portcullis.gate.release.ReleaseState;
import dev.portcullis.gate.release.RollbackNote;
import dev.portcullis.gate.rule.Promotion;
import dev.portcullis.gate.rule.PromotionRule;
import dev.portcullis.gate.rule.PromotionRules;
import dev.portcullis.gate.rule.Promotions;
import dev.portcullis.gate.rule.RuleOnTrial;
import dev.portcullis.kit.testing.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The two tables of docs/decisions.md that say what decides, in order, against every combination there is. */
final class DecisionOrderTest {
    private static final String ANY = "any";
    private static final String AGAINST = "promotes against it";
    private static final Page PAGE = Page.of("docs/decisions.md");

    /** A FAIL of a minor objective holds, and one of any other aborts. */
    private static final FailActions ON_FAIL = new FailActions(Map.of(Severity.MINOR, FailAction.HOLD));

    /** What rules say of a promotion, by the words of the page. */
    private static final Map<String, List<PromotionRule>> RULES = new TreeMap<>(Map.of(
            "none holds", List.of(said(DecisionReason.RULE_HELD, false)),
            "one holds", List.of(said(DecisionReason.RULE_HELD, false), said(DecisionReason.BAKE_UNFINISHED, true)),
            "one on trial would hold",
                    List.<PromotionRule>of(new RuleOnTrial(said(DecisionReason.PROMOTION_FROZEN, true)))));

    /** The releases of the group's other service, by the words of the page. */
    private static final Map<String, List<Release>> GROUPS =
            new TreeMap<>(Map.of("none aborted", List.of(), "another aborted", List.of(aborted())));

    /** What can fail together. */
    private static final List<Set<Severity>> FAILING = List.of(
            Set.of(), Set.of(Severity.CRITICAL), Set.of(Severity.MINOR, Severity.MAJOR), Set.of(Severity.MINOR));

    private static PromotionRule said(DecisionReason reason, boolean holds) {
        return new PromotionRule() {
            @Override
            public String name() {
                return reason.name().toLowerCase(Locale.ROOT);
            }

            @Override
            public Optional<Decision> hold(Promotion promotion) {
                return holds ? Optional.of(Decision.hold(reason, "not now")) : Optional.empty();
            }
        };
    }

    /** The rows below a heading of the page, by cells, without the table's head. */
    private static List<List<String>> table(String head) {
        var lines = PAGE.text().lines().toList();
        var first = lines.indexOf(head);
        assertTrue(first > 0, "docs/decisions.md has no table " + head);
        return lines.subList(first + 2, lines.size()).stream()
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    /** The decision of the first row that fits, which is used by that. */
    private static Outcome first(List<List<String>> table, Set<List<String>> used, String... cells) {
        var row = table.stream()
                .filter(candidate -> fits(candidate, cells))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row fits " + List.of(cells)));
        used.add(row);
        return Outcome.valueOf(row.getLast());
    }

    private static boolean fits(List<String> row, String... cells) {
        for (int i = 0; i < cells.length; i++) {
            if (!row.get(i).equals(ANY) && !row.get(i).equals(cells[i])) {
                return false;
            }
        }
        return true;
    }

    private static AnalysisReport report(
            Verdict verdict,
            Set<Severity> failing,
            AnalysisState state,
            MeasuringState measuring,
            Judge judge,
            boolean served) {
        return new AnalysisReport(
                "analyses/1",
                1,
                state,
                judge,
                verdict,
                measuring,
                "",
                new AnalysisProgress(3, Instant.EPOCH),
                Instant.MAX,
                Set.of(),
                failing,
                false,
                new CanaryTraffic(served, Duration.ZERO),
                Figures.NONE,
                "",
                () -> "{}");
    }

    private static Stream<AnalysisReport> reports() {
        List<AnalysisReport> all = new ArrayList<>();
        for (var verdict : Verdict.values()) {
            for (var failing : verdict == Verdict.FAIL ? FAILING : List.of(Set.<Severity>of())) {
                for (var state : AnalysisState.values()) {
                    for (var measuring : MeasuringState.values()) {
                        for (var judge : Judge.values()) {
                            all.add(report(verdict, failing, state, measuring, judge, true));
                            all.add(report(verdict, failing, state, measuring, judge, false));
                        }
                    }
                }
            }
        }
        return all.stream();
    }

    @Test
    void theEvidenceDecidesAsTheFirstRowSaysThatFits() {
        var table = table("| verdict | `onFail` | analysis | measuring | `undecided` | decision |");
        Set<List<String>> used = new HashSet<>();

        reports().forEach(report -> {
            for (var undecided : UndecidedAction.values()) {
                assertEquals(
                        first(
                                table,
                                used,
                                report.verdict().name(),
                                ON_FAIL.on(report.failing()).word(),
                                report.state().name(),
                                report.measuring().name(),
                                undecided.word()),
                        DecisionRules.decide(report, undecided, ON_FAIL).outcome(),
                        report + " " + undecided);
            }
        });

        assertEquals(Set.copyOf(table), used, "rows that nothing fits are wrong or out of order");
    }

    @Test
    void rulesAndPeopleDecideAsTheFirstRowSaysThatFits() {
        var table = table("| by the evidence | its group | rules | a person | decision |");
        Set<List<String>> used = new HashSet<>();

        reports().forEach(report -> {
            for (var undecided : UndecidedAction.values()) {
                var byEvidence = DecisionRules.decide(report, undecided, ON_FAIL);
                GROUPS.forEach((group, others) -> RULES.forEach((words, rules) -> {
                    for (var person : people(report)) {
                        var inGroup = inGroup(others).apply(byEvidence, release());
                        var heard = heard(report, inGroup, rules);
                        var decided = decided(heard, rules, person);
                        // What has ended stays as it is, but for a FAIL.
                        var acting = heard.open() || person.equals(AGAINST) ? person : "nobody";
                        assertEquals(
                                first(table, used, evidence(report, byEvidence), group, words, acting),
                                decided.outcome(),
                                report + " " + undecided + " " + group + " " + words + " " + person);
                        assertReasons(decided, inGroup, words, acting);
                    }
                }));
            }
        });

        assertEquals(Set.copyOf(table), used, "rows that nothing fits are wrong or out of order");
    }

    private static Release release() {
        return Promotions.of(new ReleaseDetails("", "", "", new TreeMap<>(Map.of("change", "1"))))
                .release()
                .orElseThrow();
    }

    /** Of a group with a second service, of which there are these releases. */
    private static GroupAborts inGroup(List<Release> others) {
        var members = List.of(new GroupMember("checkout", "", ""), new GroupMember("ledger", "", ""));
        var group = new ReleaseGroup("shop", "change", members, true);
        return new GroupAborts(key -> Optional.of(group), Optional.of(new GroupReleases() {
            @Override
            public GroupChange find(ReleaseGroup asked, String change) {
                return new GroupChange(asked, change, others);
            }

            @Override
            public void reviewOthers(ReleaseGroup asked, String change, UUID decided, Instant now) {
                throw new UnsupportedOperationException();
            }
        }));
    }

    /** Another service's release that a person has aborted just now. */
    private static Release aborted() {
        var start = new ReleaseStart(
                UUID.randomUUID(),
                new ReleaseKey("ledger", "shop", "ledger", "c1", "7"),
                1,
                false,
                "s1",
                "",
                Promotions.NOW.minusSeconds(60));
        return new Release(
                        start,
                        2,
                        ReleaseState.OPEN,
                        "",
                        AnalysisProgress.NEVER,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        RollbackNote.NONE)
                .decidedByPerson(
                        Decision.of(Outcome.ABORT, DecisionReason.ABORTED_BY_PERSON, "ada"),
                        Optional.empty(),
                        origin());
    }

    private static List<String> people(AnalysisReport report) {
        return report.verdict() == Verdict.FAIL
                ? List.of("nobody", "promotes", "aborts", AGAINST)
                : List.of("nobody", "promotes", "aborts");
    }

    private static String evidence(AnalysisReport report, Decision byEvidence) {
        var outcome = byEvidence.outcome();
        return report.verdict() == Verdict.FAIL
                ? "a FAIL that " + outcome.name().toLowerCase(Locale.ROOT) + "s"
                : outcome.name();
    }

    /** A release on which the gate has decided, as it does before anybody else can. */
    private static Release heard(AnalysisReport report, Decision byEvidence, List<PromotionRule> rules) {
        var release = release();
        var decided = new PromotionRules(rules, service -> List.of()).apply(byEvidence, promotion(release));
        return release.heard(report, decided, origin()).orElseThrow();
    }

    /** What is on record in the end. */
    private static Decision decided(Release heard, List<PromotionRule> rules, String person) {
        if (person.equals("nobody")) {
            return heard.latest().orElseThrow();
        }
        var wanted = person.equals("aborts")
                ? Decision.of(Outcome.ABORT, DecisionReason.ABORTED_BY_PERSON, "ada")
                : new PromotionRules(rules, service -> List.of())
                        .override(
                                Decision.of(Outcome.PROMOTE, DecisionReason.PROMOTED_BY_PERSON, "ada"),
                                promotion(heard));
        if (person.equals(AGAINST)) {
            return heard.promotedAgainstFail(wanted, origin()).latest().orElseThrow();
        }
        if (heard.failed() && heard.open() && person.equals("promotes")) {
            assertThrows(ReleaseFailedException.class, () -> heard.decidedByPerson(wanted, Optional.empty(), origin()));
            return heard.latest().orElseThrow();
        }
        if (!heard.open()) {
            assertThrows(ReleaseEndedException.class, () -> heard.decidedByPerson(wanted, Optional.empty(), origin()));
            return heard.latest().orElseThrow();
        }
        return heard.decidedByPerson(wanted, Optional.empty(), origin())
                .latest()
                .orElseThrow();
    }

    private static Promotion promotion(Release release) {
        return Promotion.of(release, Promotions.NOW);
    }

    private static Origin origin() {
        return new Origin(UUID.randomUUID(), Origin.GATE, "", "", "", "", Promotions.NOW);
    }

    /** Whoever reads the record finds what held, first when it did, and behind the person when he did not heed it. */
    private static void assertReasons(Decision decided, Decision byEvidence, String words, String person) {
        var held = words.equals("one holds");
        if (decided.reasons().getFirst() == DecisionReason.PROMOTED_BY_PERSON) {
            assertEquals(held, decided.reasons().contains(DecisionReason.BAKE_UNFINISHED), decided.toString());
        } else if (person.equals("nobody") && byEvidence.outcome() == Outcome.PROMOTE) {
            assertEquals(held, decided.heldByRule(), decided.toString());
            assertEquals(
                    held ? DecisionReason.BAKE_UNFINISHED : byEvidence.reasons().getFirst(),
                    decided.reasons().getFirst());
            assertTrue(decided.reasons().containsAll(byEvidence.reasons()), decided.toString());
            assertEquals(
                    words.equals("one on trial would hold"),
                    decided.rules().stream().anyMatch(rule -> rule.effect() == RuleOutcome.Effect.WOULD_HOLD));
        } else if (person.equals("nobody")) {
            assertEquals(List.of(), decided.rules());
            assertEquals(new TreeSet<>(byEvidence.reasons()), new TreeSet<>(decided.reasons()));
        }
    }
}
