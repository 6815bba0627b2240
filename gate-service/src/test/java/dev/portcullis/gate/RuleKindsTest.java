package dev.portcullis.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.configuration.GatePolicies;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.release.ReleaseDetails;
import dev.portcullis.gate.rule.Promotion;
import dev.portcullis.gate.rule.PromotionRule;
import dev.portcullis.gate.rule.Promotions;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every kind of rule that a policy may list owes the others: each with its smallest settings. */
final class RuleKindsTest {
    private static final Path PAGE = Path.of("../docs/promotion-rules.md");

    static Stream<String> kinds() {
        return Stream.of(
                "approvals: {}",
                "concurrency: {}",
                "dependency: {services: [checkout]}",
                "errorBudget: {}",
                "expression: {promoteWhen: 'false', message: not now}",
                "minimumBake: {for: 2h}",
                "trafficShare: {expected: 0.1}",
                "webhook: {url: 'http://rules.example'}");
    }

    private static PromotionRule rule(String settings) {
        var faults = new Faults();
        var text = """
                apiVersion: portcullis.dev/v1
                kind: ReleasePolicy
                metadata: {name: checkout}
                spec:
                  service: checkout
                  gate: {rules: [%s]}
                """.formatted("{" + settings + "}");
        var policies = GatePolicies.parse(
                ConfigurationDocument.ofText("checkout.yaml", text, faults), faults, RuleWiring.policyRules());
        assertTrue(faults.isEmpty(), faults.list().toString());
        return policies.find("checkout").orElseThrow().rules().getFirst();
    }

    /** The row of the page about a kind. */
    private static String row(String kind) throws IOException {
        return Files.readString(PAGE)
                .lines()
                .filter(line -> line.startsWith("| [`" + kind + "`]("))
                .findFirst()
                .orElseThrow(() -> new AssertionError(PAGE + " has no row about " + kind));
    }

    private static List<Promotion> promotions() {
        var release = Promotions.of(ReleaseDetails.NONE);
        return List.of(
                release,
                Promotions.servedSince(Optional.empty()),
                Promotion.ofDeploy("checkout", ReleaseDetails.NONE, Promotions.NOW));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void itIsCalledByItsKindAndIsInEarnestUnlessThePolicySaysOtherwise(String settings) {
        var rule = rule(settings);
        assertEquals(settings.split(":")[0], rule.name());
        assertFalse(rule.onTrial());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void itOnlyEverHoldsAndForReasonsThatThePageNames(String settings) throws IOException {
        var row = row(settings.split(":")[0]);
        var rule = rule(settings);
        for (var promotion : promotions()) {
            var hold = rule.hold(promotion);
            hold.ifPresent(decision -> {
                assertEquals(Outcome.HOLD, decision.outcome());
                assertEquals(1, decision.reasons().size());
                assertTrue(row.contains("`" + decision.reasons().getFirst() + "`"), decision + " " + row);
                assertFalse(decision.explanation().isBlank());
            });
            assertEquals(hold, rule.hold(promotion), "asked again it says the same");
            rule.exemption(promotion);
        }
    }

    @Test
    void everyKindIsHere() {
        var faults = new Faults();
        var text =
                "apiVersion: portcullis.dev/v1\nkind: ReleasePolicy\nmetadata: {name: a}\nspec: {service: a, gate: {rules: [{}]}}\n";
        GatePolicies.parse(ConfigurationDocument.ofText("a.yaml", text, faults), faults, RuleWiring.policyRules());
        assertEquals(
                kinds().map(settings -> settings.split(":")[0]).sorted().collect(Collectors.joining(", ")),
                Stream.of(faults.list()
                                .getFirst()
                                .toString()
                                .split("legal: one of the keys ")[1]
                                .split(", "))
                        .sorted()
                        .collect(Collectors.joining(", ")));
    }
}
