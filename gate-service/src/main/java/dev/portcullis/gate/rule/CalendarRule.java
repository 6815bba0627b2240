package dev.portcullis.gate.rule;

import dev.portcullis.gate.calendar.Freeze;
import dev.portcullis.gate.calendar.PromotionCalendar;
import dev.portcullis.gate.calendar.PromotionWindow.Effect;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;

/** Holds promotions in a freeze and outside of release hours, as the promotion windows of the configuration folder say. Thread-safe. */
public final class CalendarRule implements PromotionRule {
    /** Its name, which no rule of a policy has. */
    public static final String NAME = "calendar";

    private final Supplier<PromotionCalendar> calendar;

    /** @param calendar gives the present one */
    public CalendarRule(Supplier<PromotionCalendar> calendar) {
        this.calendar = calendar;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Decision> hold(Promotion promotion) {
        var now = frozenNow(promotion.service(), promotion.moment());
        return promotion.isDeploy() ? now.or(() -> frozenSoon(promotion.service(), promotion.moment())) : now;
    }

    private Optional<Decision> frozenNow(String service, Instant moment) {
        return calendar.get()
                .freeze(service, moment)
                .map(freeze -> Decision.hold(DecisionReason.PROMOTION_FROZEN, frozen(service, freeze)));
    }

    private Optional<Decision> frozenSoon(String service, Instant moment) {
        return calendar.get()
                .freezeAhead(service, moment)
                .map(freeze -> Decision.hold(DecisionReason.PROMOTION_FROZEN, ahead(service, freeze, moment)));
    }

    private static String frozen(String service, Freeze freeze) {
        var window = freeze.window();
        var what = window.effect() == Effect.DENY
                ? "the promotion window '" + window.name() + "' is a freeze for service '" + service + "'"
                : "service '" + service + "' may be promoted in its promotion windows only, the next of which is '"
                        + window.name() + "'";
        return what + " (" + window.reason() + "); promotions go on " + until(freeze);
    }

    private static String ahead(String service, Freeze freeze, Instant moment) {
        var window = freeze.window();
        var begins = window.schedule().at(moment).until().truncatedTo(ChronoUnit.SECONDS);
        return "the promotion window '" + window.name() + "', a freeze for service '" + service + "' ("
                + window.reason() + "), begins at " + begins
                + ", and no deploy begins in the lead time before it; promotions go on " + until(freeze);
    }

    private static String until(Freeze freeze) {
        return freeze.until().equals(Instant.MAX)
                ? "when the window is changed, since it has no end"
                : "at " + freeze.until().truncatedTo(ChronoUnit.SECONDS);
    }
}
