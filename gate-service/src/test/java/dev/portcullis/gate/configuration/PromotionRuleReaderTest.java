package dev.portcullis.gate.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.gate.RuleWiring;
import dev.portcullis.gate.policy.GatePolicy;
import dev.portcullis.gate.rule.PromotionRule;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Fault;
import dev.portcullis.kit.configuration.Faults;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PromotionRuleReaderTest {
    private final Faults faults = new Faults();

    private List<PromotionRule> read(String... items) {
        var text = """
                apiVersion: portcullis.dev/v1
                kind: ReleasePolicy
                metadata: {name: checkout}
                spec:
                  service: checkout
                  gate:
                    rules:
                """
                + String.join(
                        "",
                        List.of(items).stream()
                                .map(item -> "      - " + item + "\n")
                                .toList());
        var documents = ConfigurationDocument.ofText("checkout.yaml", text, faults);
        return GatePolicies.parse(documents, faults, RuleWiring.policyRules())
                .find("checkout")
                .map(GatePolicy::rules)
                .orElse(List.of());
    }

    @Test
    void theRulesAreInTheOrderOfTheListAndNamedByTheirKindUnlessTheyHaveANameOfTheirOwn() {
        var rules = read("minimumBake: {for: 1h, name: hour}", "minimumBake: {for: 10m}");

        assertEquals(List.of(), faults.list());
        assertEquals(
                List.of("hour", "minimumBake"),
                rules.stream().map(PromotionRule::name).toList());
    }

    @Test
    void aRuleIsOnTrialWhenItSaysSo() {
        var rules = read("minimumBake: {for: 1h, onTrial: true}", "minimumBake: {for: 10m, name: b, onTrial: false}");

        assertEquals(List.of(), faults.list());
        assertEquals(
                List.of(true, false), rules.stream().map(PromotionRule::onTrial).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "minimumBake                         | spec.gate.rules[0] is 'minimumBake'; legal: a mapping with one of the keys approvals, concurrency, dependency, minimumBake",
                "{}                                  | a rule is an empty mapping; legal: one of the keys approvals, concurrency, dependency, minimumBake",
                "minimumBakes: {for: 10m}            | unknown key 'minimumBakes' in spec.gate.rules[0] (did you mean 'minimumBake'?); legal: approvals, concurrency, dependency, minimumBake",
                "minimumBake: {}                     | spec.gate.rules[0].minimumBake.for is missing; legal: a duration from 1s to 30d",
                "minimumBake: {for: 0s}              | spec.gate.rules[0].minimumBake.for is '0s'; legal: a duration from 1s to 30d",
                "minimumBake: {for: 31d}             | spec.gate.rules[0].minimumBake.for is '31d'; legal: a duration from 1s to 30d",
                "minimumBake: {for: 1h, name: a b}   | spec.gate.rules[0].minimumBake.name is 'a b'; legal: 1 to 63 letters",
                "minimumBake: {for: 1h, name: calendar} | spec.gate.rules[0].minimumBake.name is 'calendar', as that of another rule",
                "minimumBake: {for: 1h, onTrial: 1}  | spec.gate.rules[0].minimumBake.onTrial is 1; legal: true, false",
                "expression: {promoteWhen: analysis.windows > x, message: m} | spec.gate.rules[0].expression.promoteWhen is not legal: line 1, column 20: undeclared reference to 'x'",
                "expression: {promoteWhen: analysis.windows, message: m} | spec.gate.rules[0].expression.promoteWhen is not legal: line 1, column 9: expected type 'bool' but found 'int'",
                "expression: {promoteWhen: 'true'}   | spec.gate.rules[0].expression.message is missing; legal: ",
                "expression: {message: m}            | spec.gate.rules[0].expression.promoteWhen is missing; legal: ",
                "minimumBake: {for: 1h, at: 2}       | unknown key 'at' in spec.gate.rules[0].minimumBake; legal: ",
            })
    void aFaultyRuleIsToldWithFileAndLine(String item, String fault) {
        read(item);

        assertEquals(1, faults.list().size(), faults.list().toString());
        assertStarts("checkout.yaml:8: " + fault, faults.list().getFirst());
    }

    @Test
    void twoRulesInOneItemHaveNoOrder() {
        read("{minimumBake: {for: 1h}, calendar: {}}");

        assertEquals(2, faults.list().size(), faults.list().toString());
        assertStarts(
                "checkout.yaml:8: spec.gate.rules[0].calendar stands beside minimumBake; legal: one key for each item of the list",
                faults.list().getFirst());
    }

    @Test
    void twoRulesOfOneNameCannotBeToldApart() {
        read("minimumBake: {for: 10m}", "minimumBake: {for: 1h}");

        assertEquals(1, faults.list().size(), faults.list().toString());
        assertStarts(
                "checkout.yaml:9: spec.gate.rules[1].minimumBake.name is 'minimumBake', as that of another rule",
                faults.list().getFirst());
    }

    private static void assertStarts(String expected, Fault fault) {
        var told = fault.toString();
        assertEquals(expected, told.substring(0, Math.min(expected.length(), told.length())), told);
    }
}
