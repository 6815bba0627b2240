package dev.portcullis.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Fault;
import dev.portcullis.kit.configuration.Faults;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tests that a ReleasePolicy carries. */
final class PolicyTestsTest {
    private static final String POLICY = """
            apiVersion: portcullis.dev/v1
            kind: ReleasePolicy
            metadata: {name: checkout}
            spec:
              service: checkout
              gate:
                undecided: abort
                onFail: {minor: hold}
                skipAnalysis: [change=docs]
                rules:
                  - minimumBake: {for: 30m}
                  - errorBudget: {holdBelow: 0.25, exceptions: [change=security]}
                  - trafficShare: {expected: 0.1}
                  - expression: {promoteWhen: release.ticket != '', message: a change needs a ticket}
                tests:
            """;
    private static final String FREEZE = """
            ---
            apiVersion: portcullis.dev/v1
            kind: PromotionWindow
            metadata: {name: year-end}
            spec: {kind: Deny, services: [checkout], reason: books, tzid: UTC, dtstart: 2027-12-20T00:00, dtend: 2028-01-03T00:00}
            """;
    /** What every rule is content with. */
    private static final String GOOD =
            "ticket: T-1, budgets: {availability: 0.5}, objectives: [{slo: availability, requests: 1000, baselineRequests: 9000}]";

    private static List<Fault> faults(String... tests) {
        var faults = new Faults();
        var text =
                POLICY + Stream.of(tests).map(test -> "      - " + test + "\n").collect(Collectors.joining()) + FREEZE;
        RuleWiring.test(ConfigurationDocument.ofText("checkout.yaml", text, faults), faults);
        return faults.list();
    }

    private static String test(String given, String expect) {
        return "{name: t, given: {" + given + "}, expect: {" + expect + "}}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "; decision: PROMOTE, reasons: [CANARY_WITHIN_LIMITS]",
                "; decision: PROMOTE",
                ", servedFor: 30m; decision: PROMOTE",
                ", servedFor: 29m; decision: HOLD, reasons: [BAKE_UNFINISHED, CANARY_WITHIN_LIMITS]",
                ", time: 2027-12-24T12:00:00Z; decision: HOLD, reasons: [PROMOTION_FROZEN]",
                ", time: 2027-12-24T12:00:00Z, servedFor: 1s; decision: HOLD, reasons: [PROMOTION_FROZEN, BAKE_UNFINISHED]",
                ", verdict: FAIL; decision: ABORT, reasons: [SLO_VIOLATED]",
                ", verdict: FAIL, failing: [minor]; decision: HOLD, reasons: [FAIL_NEEDS_PERSON, SLO_VIOLATED]",
                ", verdict: FAIL, failing: [minor, major]; decision: ABORT, reasons: [SLO_VIOLATED]",
                ", verdict: CONTINUE; decision: HOLD",
                ", verdict: CONTINUE, labels: {change: docs}; decision: PROMOTE, reasons: [ANALYSIS_SKIPPED, NOT_ENOUGH_EVIDENCE]",
                ", verdict: FAIL, labels: {change: docs}; decision: ABORT",
                ", verdict: CONTINUE, labels: {change: docs}, servedFor: 1m; decision: HOLD, reasons: [BAKE_UNFINISHED, ANALYSIS_SKIPPED]",
                ", verdict: INCONCLUSIVE; decision: ABORT, reasons: [DEADLINE_UNDECIDED]",
                ", measuring: NO_DATA; decision: HOLD, reasons: [NO_DATA]",
            })
    void aTestThatComesOutAsExpectedIsNoFault(String rest) {
        var parts = rest.split("; ");

        assertEquals(List.of(), faults(test(GOOD + parts[0], parts[1])));
    }

    @Test
    void budgetsLabelsAndCountsAreThoseOfTheCase() {
        var counts = "objectives: [{slo: availability, requests: 1000, baselineRequests: 9000}]";
        var low = "ticket: T-1, budgets: {availability: 0.1}, " + counts;

        assertEquals(
                List.of(),
                faults(
                        test(low, "decision: HOLD, reasons: [BUDGET_LOW]"),
                        test(low + ", labels: {change: security}", "decision: PROMOTE"),
                        test("ticket: T-1, " + counts, "decision: HOLD, reasons: [BUDGET_UNKNOWN]"),
                        test(
                                "ticket: T-1, budgets: {a: 1}, objectives: [{slo: availability, requests: 5000, baselineRequests: 5000}]",
                                "decision: HOLD, reasons: [TRAFFIC_SHARE_OFF]"),
                        test("budgets: {a: 1}, " + counts, "decision: HOLD, reasons: [RULE_HELD]")));
    }

    @Test
    void aTestThatComesOutOtherwiseIsAFaultAtItsLineWithWhatCameOut() {
        var faults = faults(
                test(GOOD, "decision: PROMOTE"),
                test(GOOD + ", servedFor: 1m", "decision: PROMOTE"),
                test(GOOD, "decision: PROMOTE, reasons: [SCORE_PASSED]"));

        assertEquals(2, faults.size(), faults.toString());
        var first = faults.getFirst().toString();
        assertTrue(
                first.startsWith(
                        "checkout.yaml:17: test 't' expects PROMOTE, and the decision is HOLD [BAKE_UNFINISHED,"
                                + " CANARY_WITHIN_LIMITS]: rule 'minimumBake' wants the canary to serve users for 30m"),
                first);
        assertTrue(
                faults.getLast()
                        .toString()
                        .startsWith(
                                "checkout.yaml:18: test 't' expects PROMOTE [SCORE_PASSED], and the decision is PROMOTE"),
                faults.getLast().toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{name: t}                                              | spec.gate.tests[0].expect is missing",
                "{expect: {decision: HOLD}}                             | spec.gate.tests[0].name is missing",
                "{name: t, expect: {decision: hold}}                    | spec.gate.tests[0].expect.decision is 'hold'",
                "{name: t, expect: {reasons: []}}                       | spec.gate.tests[0].expect.decision is missing",
                "{name: t, expect: {decision: HOLD, reasons: [LATE]}}   | spec.gate.tests[0].expect.reasons has 'LATE'",
                "{name: t, given: {verdict: PASSED}, expect: {decision: HOLD}} | spec.gate.tests[0].given.verdict is 'PASSED'",
                "{name: t, given: {time: noon}, expect: {decision: HOLD}} | spec.gate.tests[0].given.time is 'noon'",
                "{name: t, given: {budgets: {a: 2}}, expect: {decision: HOLD}} | spec.gate.tests[0].given.budgets.a is 2",
                "{name: t, given: {failing: [informational]}, expect: {decision: HOLD}} | spec.gate.tests[0].given.failing has 'informational'",
                "{name: t, given: {label: {}}, expect: {decision: HOLD}} | unknown key 'label' in spec.gate.tests[0].given",
            })
    void aFaultyTestIsToldWithItsPlace(String test, String fault) {
        var faults = faults(test);

        assertEquals(1, faults.size(), faults.toString());
        assertTrue(faults.getFirst().toString().startsWith("checkout.yaml:16: " + fault), faults.toString());
    }
}
