package dev.portcullis.gate.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.RuleWiring;
import dev.portcullis.gate.policy.FailActions;
import dev.portcullis.gate.policy.GatePolicy;
import dev.portcullis.gate.policy.UndecidedAction;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.configuration.ConfigurationException;
import dev.portcullis.kit.configuration.LiveConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GatePoliciesTest {
    @TempDir
    Path folder;

    private GatePolicies read() {
        try (var live = LiveConfiguration.open(
                folder,
                (documents, faults) -> GatePolicies.parse(documents, faults, RuleWiring.policyRules()),
                Duration.ofMinutes(1))) {
            return live.current();
        }
    }

    @Test
    void eachPolicyNamesAServiceAndHoldsAtTheDeadlineUnlessItSaysOtherwise() {
        GateUnderTest.policy(folder, "cart", "");
        GateUnderTest.policy(folder, "checkout", "  gate: {rules: [], undecided: promote-without-proof}");
        GateUnderTest.policy(folder, "search", "  gate: {undecided: abort}\n  rollback: {target: webhook}");
        var policies = read();
        assertEquals(Set.of("cart", "checkout", "search"), policies.services());
        var cart = policies.find("cart").orElseThrow();
        assertEquals(
                new GatePolicy(
                        "cart",
                        "cart",
                        UndecidedAction.HOLD,
                        FailActions.ABORT,
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        cart.text()),
                cart);
        assertTrue(cart.text().startsWith("apiVersion: portcullis.dev/v1\nkind: ReleasePolicy\n"), cart.text());
        assertEquals("hold", cart.version().undecided());
        assertEquals(
                UndecidedAction.PROMOTE_WITHOUT_PROOF,
                policies.find("checkout").orElseThrow().undecided());
        assertEquals(
                UndecidedAction.ABORT, policies.find("search").orElseThrow().undecided());
        assertEquals(Optional.empty(), policies.find("Cart"));
    }

    @Test
    void aFailAbortsUnlessThePolicySaysOtherwiseOfItsSeverity() {
        GateUnderTest.policy(folder, "cart", "  gate: {onFail: {minor: hold, major: hold, critical: abort}}");
        var cart = read().find("cart").orElseThrow();
        assertEquals(FailActions.of(Map.of("minor", "hold", "major", "hold")), cart.onFail());
        assertEquals(Map.of("minor", "hold", "major", "hold"), cart.version().onFail());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gate: {undecided: promote}        | promote-without-proof",
                "gate: {undecidet: hold}           | unknown key 'undecidet'",
                "gate: {rules: [{cel: \"true\"}]}  | unknown key 'cel' in spec.gate.rules[0]",
                "gate: {rules: none}               | spec.gate.rules is",
                "gate: {onFail: {major: report}}   | spec.gate.onFail.major is 'report'; legal: abort, hold (what is only to be shown has the severity informational",
                "gate: {onFail: {informational: hold}} | unknown key 'informational' in spec.gate.onFail",
                "gate: {onFail: hold}              | spec.gate.onFail is",
                "gate: {skipAnalysis: [docs]}       | spec.gate.skipAnalysis has 'docs'; legal: labels of releases",
                "gate: {bakeAfter: 1s}             | spec.gate.bakeAfter is '1s'",
                "gate: {rules: [{dependency: {services: [ledger]}}]} | spec.gate.rules names 'ledger', which no ReleasePolicy is for",
                "gate: {rules: [{dependency: {}}]} | spec.gate.rules[0].dependency.services is missing or empty",
                "gate: {rules: [{concurrency: {most: 0}}]} | spec.gate.rules[0].concurrency.most is",
                "gate: {rules: [{errorBudget: {approvalBelow: 0.2}}]} | spec.gate.rules[0].errorBudget.approvalBelow is 0.2; legal: above holdBelow",
                "gate: {rules: [{errorBudget: {approvals: 2}}]} | spec.gate.rules[0].errorBudget.approvals is of no use without approvalBelow",
                "gate: {rules: [{errorBudget: {waivers: [{by: ann, reason: x, until: monday}]}}]} | spec.gate.rules[0].errorBudget.waivers[0].until is 'monday'",
                "gate: hold                        | spec.gate is",
            })
    void aFaultyGateSectionIsRefusedWithFileAndLine(String section, String fault) {
        GateUnderTest.policy(folder, "cart", "  " + section);
        var e = assertThrows(ConfigurationException.class, this::read);
        assertTrue(e.getMessage().startsWith("cart.yaml:7: "), e.getMessage());
        assertTrue(e.getMessage().contains(fault), e.getMessage());
        assertEquals(1, e.faults().size(), e.getMessage());
    }
}
