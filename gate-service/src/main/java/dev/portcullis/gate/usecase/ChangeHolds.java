package dev.portcullis.gate.usecase;

import dev.portcullis.gate.hold.HoldNotFoundException;
import dev.portcullis.gate.hold.PromotionHold;
import dev.portcullis.gate.hold.PromotionHolds;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Places holds on promotions and ends them, and has this replica take notice of it before anybody hears of it. Thread-safe. */
public final class ChangeHolds {
    private final PromotionHolds holds;
    private final OriginFactory originFactory;
    private final Runnable changed;

    /** @param changed run after each change */
    public ChangeHolds(PromotionHolds holds, OriginFactory originFactory, Runnable changed) {
        this.holds = holds;
        this.originFactory = originFactory;
        this.changed = changed;
    }

    /**
     * Holds the promotions of some services.
     *
     * @param services patterns of their names
     * @param exceptions labels, each "name=value"
     * @param end until when, in the future
     */
    public PromotionHold services(
            List<String> services, List<String> exceptions, Instant end, String actor, String reason) {
        return create(services, Optional.empty(), exceptions, Optional.of(end), actor, reason);
    }

    /**
     * Holds the promotion of one release.
     *
     * @param service of the release
     * @param end until when, in the future; empty for no end
     * @throws dev.portcullis.gate.release.ReleaseNotFoundException when there is no such release
     * @throws dev.portcullis.gate.release.ReleaseEndedException when it has ended
     */
    public PromotionHold release(String service, UUID release, Optional<Instant> end, String actor, String reason) {
        return create(List.of(service), Optional.of(release), List.of(), end, actor, reason);
    }

    private PromotionHold create(
            List<String> services,
            Optional<UUID> release,
            List<String> exceptions,
            Optional<Instant> end,
            String actor,
            String reason) {
        var created = holds.create(new PromotionHold(
                originFactory.newId(),
                0,
                services,
                release,
                exceptions,
                reason,
                actor,
                originFactory.now(),
                end.map(time -> time.truncatedTo(ChronoUnit.MICROS)),
                Optional.empty(),
                false));
        changed.run();
        return created;
    }

    /**
     * Ends a hold.
     *
     * @throws HoldNotFoundException when there is none of that id
     * @throws dev.portcullis.gate.hold.HoldEndedException when it holds no longer
     */
    public PromotionHold end(UUID id, String actor, String reason) {
        var ended = holds.end(id, new PromotionHold.Ending(originFactory.now(), actor, reason))
                .orElseThrow(() -> new HoldNotFoundException(PromotionHold.PREFIX + id));
        changed.run();
        return ended;
    }
}
