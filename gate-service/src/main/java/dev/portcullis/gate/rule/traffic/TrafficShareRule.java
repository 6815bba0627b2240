package dev.portcullis.gate.rule.traffic;

import dev.portcullis.gate.analysis.ObjectiveFigures;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.rule.Promotion;
import dev.portcullis.gate.rule.PromotionRule;
import dev.portcullis.gate.rule.RuleName;
import dev.portcullis.kit.text.NumberText;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.Optional;

/**
 * Holds a promotion when the canary has had another share of the requests than it was meant to have, since users then do not go where somebody thinks they do. What chance alone
 * makes of few requests is allowed for.
 *
 * @param expected the share, above 0 and below 1
 * @param tolerance by how much of it the share may be off, 0 to 1
 */
record TrafficShareRule(String name, double expected, double tolerance) implements PromotionRule {
    /** Beyond so many standard deviations chance hardly ever goes. */
    private static final double DEVIATIONS = 4;

    private static final int DIGITS = 3;
    private static final int COUNT_DIGITS = 12;

    @Override
    public Optional<Decision> hold(Promotion promotion) {
        return promotion.isDeploy() ? Optional.empty() : fault(promotion).map(this::held);
    }

    private Decision held(String fault) {
        return Decision.hold(
                DecisionReason.TRAFFIC_SHARE_OFF,
                RuleName.told(name) + " holds it: " + fault + ", and " + NumberText.percent(expected, DIGITS)
                        + " is expected");
    }

    private Optional<String> fault(Promotion promotion) {
        return promotion
                .evidence()
                .flatMap(decision ->
                        decision.figures().objectives().stream().max(Comparator.comparingDouble(TrafficShareRule::all)))
                .filter(busiest -> busiest.requests().baseline() > 0)
                .map(this::fault)
                .orElseGet(() -> Optional.of(
                        "no requests of the stable version were counted, so the canary's share of them is not known"));
    }

    private Optional<String> fault(ObjectiveFigures busiest) {
        var all = all(busiest);
        var canary = Math.max(0, busiest.requests().canary());
        var share = canary / all;
        var chance = DEVIATIONS * Math.sqrt(expected * (1 - expected) / all);
        return Math.abs(share - expected) <= tolerance * expected + chance
                ? Optional.empty()
                : Optional.of("the canary has had " + NumberText.percent(share, DIGITS) + " of the requests ("
                        + count(canary) + " of " + count(all) + " that SLO '" + busiest.slo() + "' counts)");
    }

    private static double all(ObjectiveFigures figures) {
        return Math.max(0, figures.requests().canary())
                + Math.max(0, figures.requests().baseline());
    }

    private static String count(double requests) {
        return NumberText.rounded(Math.rint(requests), COUNT_DIGITS, RoundingMode.HALF_UP);
    }
}
