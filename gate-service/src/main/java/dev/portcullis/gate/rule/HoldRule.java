package dev.portcullis.gate.rule;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.hold.PromotionHold;
import dev.portcullis.gate.release.Release;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Nothing that a person holds is promoted, and no deploy begins of a service whose promotions are stopped. Thread-safe as far as what gives the holds is. */
public final class HoldRule implements PromotionRule {
    /** Its name. */
    public static final String NAME = "hold";

    private final Supplier<List<PromotionHold>> active;

    /** @param active gives the holds that are active, in the order in which they were placed; those that have expired may be among them */
    public HoldRule(Supplier<List<PromotionHold>> active) {
        this.active = active;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Decision> hold(Promotion promotion) {
        var holding = concerning(promotion)
                .filter(hold -> hold.exception(promotion.details()).isEmpty())
                .toList();
        return holding.isEmpty()
                ? Optional.empty()
                : Optional.of(Decision.of(
                        Outcome.HOLD,
                        holding.stream().map(HoldRule::reason).distinct().toList(),
                        holding.stream()
                                .map(hold -> told(hold, promotion.service()))
                                .collect(Collectors.joining("; also, "))));
    }

    @Override
    public String exemption(Promotion promotion) {
        return concerning(promotion)
                .flatMap(hold -> hold
                        .exception(promotion.details())
                        .map(label -> hold.name() + " does not hold it, since it has the label " + label)
                        .stream())
                .collect(Collectors.joining("; "));
    }

    private Stream<PromotionHold> concerning(Promotion promotion) {
        var release = promotion.release().map(Release::id);
        return active.get().stream()
                .filter(hold -> hold.state(promotion.moment()) == PromotionHold.State.ACTIVE)
                .filter(hold -> hold.concerns(promotion.service(), release));
    }

    private static DecisionReason reason(PromotionHold hold) {
        return hold.release().isPresent() ? DecisionReason.RELEASE_HELD : DecisionReason.PROMOTION_STOPPED;
    }

    private static String told(PromotionHold hold, String service) {
        var what = hold.release().isPresent()
                ? "'" + hold.creator() + "' holds this release"
                : "'" + hold.creator() + "' has stopped the promotions of '" + service + "'";
        var until = hold.end().map(HoldRule::text).map(end -> " until " + end).orElse("");
        return what + until + " (" + hold.name() + "): " + hold.reason()
                + (hold.exceptions().isEmpty()
                        ? ""
                        : " (not for releases with the label " + String.join(" or ", hold.exceptions()) + ")");
    }

    private static String text(Instant end) {
        return end.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
