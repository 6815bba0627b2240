package dev.portcullis.gate.rule.bake;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.rule.Promotion;
import dev.portcullis.gate.rule.PromotionRule;
import dev.portcullis.kit.text.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Holds a promotion until its canary has served users for some time. A deploy has no canary yet, so it holds none.
 *
 * @param time since the first request that was seen of the canary
 */
record MinimumBakeRule(String name, Duration time) implements PromotionRule {
    @Override
    public Optional<Decision> hold(Promotion promotion) {
        var moment = promotion.moment();
        return promotion
                .release()
                // What allows the promotion may be the first that knows of a request, which is on record only after it.
                .map(release -> release.served().orElse(moment))
                .filter(served -> moment.isBefore(served.plus(time)))
                .map(served -> Decision.hold(DecisionReason.BAKE_UNFINISHED, told(served)));
    }

    private String told(Instant served) {
        return "rule '" + name + "' wants the canary to serve users for " + DurationText.compact(time)
                + " before it is promoted; the first request was seen at " + seconds(served)
                + ", so it is promoted at " + seconds(served.plus(time)) + " at the earliest";
    }

    private static Instant seconds(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS);
    }
}
