package dev.portcullis.gate.rule.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.analysis.Figures;
import dev.portcullis.gate.analysis.ObjectiveFigures;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.release.ReleaseDetails;
import dev.portcullis.gate.rule.Promotion;
import dev.portcullis.gate.rule.Promotions;
import dev.portcullis.kit.expression.IllegalExpressionException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExpressionRuleTest {
    private static final ReleaseDetails DETAILS =
            ReleaseDetails.of("shop/checkout@sha256:ab", "SHOP-7", "ada", "change=fix,risk=low");

    private static Promotion promotion() {
        return Promotions.of(DETAILS).on(passed(12));
    }

    private static Decision passed(int windows) {
        return Promotions.passed(windows, figures());
    }

    private static Figures figures() {
        var availability = new ObjectiveFigures(
                "availability",
                new Figures.Arms(4_000, 40_000),
                new Figures.Arms(2, 10),
                new Figures.Arms(0.9995, 0.99975),
                new Figures.Arms(0.5, 0.25));
        return Figures.about("availability", new Figures.Ratios(0.1, 30, 100, 20), List.of(availability));
    }

    private static Optional<Decision> hold(String promoteWhen, Promotion promotion) {
        return rule(promoteWhen).hold(promotion);
    }

    private static ExpressionRule rule(String promoteWhen) {
        try {
            return new ExpressionRule("enough", PromotionValues.language().read(promoteWhen), "not enough of it");
        } catch (IllegalExpressionException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "release.service == 'checkout' && release.canary == 'c1' && release.stable == 's1' && release.revision == '7'",
                "release.namespace == 'shop' && release.rollout == 'checkout' && release.run == 1",
                "release.artifact.startsWith('shop/') && release.ticket == 'SHOP-7' && release.author == 'ada'",
                "release.labels.change == 'fix' && release.labels['risk'] == 'low' && !has(release.labels.team)",
                "release.createTime < now && now - release.createTime > duration('1h')",
                "analysis.verdict == 'PASS' && analysis.measuring == 'MEASURING' && analysis.windows >= 12",
                "analysis.canary.successRate > 0.999 && analysis.baseline.burnRate < 1",
                "analysis.evidence.pass >= analysis.evidence.passThreshold && analysis.evidence.fail < 1.0",
                "analysis.evidence.failThreshold == 100.0",
                "analysis.objectives.all(o, o.canary.requests > 1000 && o.canary.badRequests < 10 && o.baseline.requests > 0)",
                "analysis.objectives.exists(o, o.slo == 'availability' && o.canary.successRate > 0.9 && o.canary.burnRate < 1)",
                "now.getHours('UTC') >= 8 && now.getDayOfWeek('Europe/Berlin') != 5",
            })
    void whatIsTrueHoldsNothing(String promoteWhen) {
        assertEquals(Optional.empty(), hold(promoteWhen, promotion()));
        assertEquals(
                List.of(DecisionReason.RULE_HELD),
                hold("!(" + promoteWhen + ")", promotion()).orElseThrow().reasons());
    }

    @Test
    void aPipelineMayAskForMoreByALabelThatThePolicyReads() {
        var asTold = "!has(release.labels.bake) || now - release.createTime >= duration(release.labels.bake)";
        assertEquals(Optional.empty(), hold(asTold, promotion()));
        assertEquals(Optional.empty(), hold(asTold, told("bake=2h")));
        assertEquals(
                List.of(DecisionReason.RULE_HELD),
                hold(asTold, told("bake=2h1s")).orElseThrow().reasons());
        assertEquals(
                List.of(DecisionReason.RULE_ERROR),
                hold(asTold, told("bake=long")).orElseThrow().reasons());
    }

    private static Promotion told(String labels) {
        return Promotions.of(ReleaseDetails.of("", "", "", labels)).on(passed(12));
    }

    @Test
    void whatIsFalseHoldsWithTheMessageOfThePolicy() {
        assertEquals(
                Decision.hold(DecisionReason.RULE_HELD, "rule 'enough' of the policy holds it: not enough of it"),
                hold("analysis.windows > 100", promotion()).orElseThrow());
    }

    @Test
    void whatCannotBeEvaluatedHoldsAndSaysWhyAndOfWhat() {
        var held = hold("release.labels.team == 'shop' && analysis.windows > 3", promotion())
                .orElseThrow();

        assertEquals(List.of(DecisionReason.RULE_ERROR), held.reasons());
        assertEquals(
                "rule 'enough' of the policy cannot be evaluated: there is no 'team'"
                        + " (release.labels.team is not there, analysis.windows = 12)",
                held.explanation());
    }

    @Test
    void theAnswerFollowsWhatIsAskedAbout() {
        var rule = rule("analysis.windows >= 12");

        assertTrue(rule.hold(Promotions.of(DETAILS).on(passed(11))).isPresent());
        assertEquals(Optional.empty(), rule.hold(promotion()));
        assertTrue(rule.hold(Promotions.of(DETAILS).on(passed(3))).isPresent());
    }

    @Test
    void aReleaseOfWhichNothingWasJudgedHasNoVerdictAndNoFigures() {
        assertEquals(
                Optional.empty(),
                hold(
                        "analysis.verdict == '' && analysis.windows == -1 && analysis.canary.successRate == -1.0"
                                + " && size(analysis.objectives) == 0",
                        Promotions.of(DETAILS)));
    }

    @Test
    void aDeployHasNoAnalysisAndIsNotHeld() {
        assertEquals(Optional.empty(), hold("false", Promotion.ofDeploy("checkout", DETAILS, Promotions.NOW)));
    }
}
