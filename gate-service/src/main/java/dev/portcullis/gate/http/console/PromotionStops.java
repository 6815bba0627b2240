package dev.portcullis.gate.http.console;

import dev.portcullis.gate.calendar.Freeze;
import dev.portcullis.gate.console.Moment;
import dev.portcullis.gate.hold.HoldMemory;
import dev.portcullis.gate.hold.PromotionHold;
import dev.portcullis.gate.policy.Policies;
import dev.portcullis.kit.identity.Caller;
import dev.portcullis.kit.identity.Role;
import dev.portcullis.kit.text.PlainText;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What stops promotions just now, for the head of every page. Asks memory alone, so that no page waits for it. Thread-safe. */
@Singleton
final class PromotionStops {
    private static final int NAMED = 4;

    private final HoldMemory holds;
    private final Policies policies;
    private final Clock clock;
    private volatile List<PromotionHold> latest = List.of();

    PromotionStops(HoldMemory holds, Policies policies, Clock clock) {
        this.holds = holds;
        this.policies = policies;
        this.clock = clock;
    }

    /** One sentence for each stop of services that somebody may see. */
    List<String> seenBy(Caller viewer) {
        var now = clock.instant();
        List<String> sentences = new ArrayList<>();
        active().stream()
                .filter(hold -> hold.release().isEmpty() && hold.state(now) == PromotionHold.State.ACTIVE)
                .filter(hold -> hold.services().stream().anyMatch(service -> viewer.may(Role.VIEWER, service)))
                .forEach(hold -> sentences.add(sentence(hold, now)));
        freezes(viewer, now).forEach((freeze, services) -> sentences.add(sentence(freeze, services, now)));
        return sentences;
    }

    /** For the moment after a change in which memory is not current, those of before: a notice that comes and goes says nothing. */
    private List<PromotionHold> active() {
        var current = holds.active();
        current.ifPresent(known -> latest = known);
        return current.orElse(latest);
    }

    private Map<Freeze, List<String>> freezes(Caller viewer, Instant now) {
        var calendar = policies.calendar();
        Map<Freeze, List<String>> frozen = new LinkedHashMap<>();
        policies.services().stream()
                .filter(service -> viewer.may(Role.VIEWER, service))
                .sorted(Comparator.naturalOrder())
                .forEach(service -> calendar.freeze(service, now)
                        .ifPresent(freeze -> frozen.computeIfAbsent(freeze, added -> new ArrayList<>())
                                .add(service)));
        return frozen;
    }

    private static String sentence(PromotionHold hold, Instant now) {
        var until =
                hold.end().map(end -> ", until " + Moment.of(end, now).utc()).orElse("");
        return PlainText.of("Promotions of " + named(hold.services()) + " are stopped by " + hold.creator() + until
                + ": " + hold.reason());
    }

    private static String sentence(Freeze freeze, List<String> services, Instant now) {
        var until = freeze.until().equals(Instant.MAX)
                ? ""
                : " until " + Moment.of(freeze.until(), now).utc();
        return PlainText.of("Promotions of " + named(services) + " are frozen" + until + " by '"
                + freeze.window().name() + "': " + freeze.window().reason());
    }

    private static String named(List<String> services) {
        return services.contains("*")
                ? "all services"
                : services.size() <= NAMED
                        ? String.join(", ", services)
                        : String.join(", ", services.subList(0, NAMED)) + " and " + (services.size() - NAMED) + " more";
    }
}
