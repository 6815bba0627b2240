package dev.portcullis.gate.hold;

import dev.portcullis.gate.release.ReleaseDetails;
import dev.portcullis.kit.identity.ServiceGroup;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * That a person holds promotions: of all releases of some services, or of one release.
 *
 * @param id part of its name
 * @param number grows with each hold; 0 before it is kept
 * @param services patterns of the names of the services; of a release's hold its service alone
 * @param release the one release that is held; empty when all of the services are
 * @param exceptions labels, each "name=value": a release that has one of them is not held
 * @param reason why
 * @param creator who placed it
 * @param created since when it holds
 * @param end until when it holds at most; empty only of a release's hold
 * @param ending empty while nobody has ended it
 * @param moot whether the one release has ended
 */
public record PromotionHold(
        UUID id,
        long number,
        List<String> services,
        Optional<UUID> release,
        List<String> exceptions,
        String reason,
        String creator,
        Instant created,
        Optional<Instant> end,
        Optional<Ending> ending,
        boolean moot) {
    /** What stands before the id in the name of a hold. */
    public static final String PREFIX = "holds/";

    /**
     * That somebody has ended a hold.
     *
     * @param time when
     * @param actor who
     * @param reason why
     */
    public record Ending(Instant time, String actor, String reason) {}

    /** How a hold stands. */
    public enum State {
        /** It holds. */
        ACTIVE,
        /** Somebody ended it. */
        ENDED,
        /** Its time is over. */
        EXPIRED,
        /** The one release that it was about has ended. */
        RELEASE_ENDED
    }

    public PromotionHold {
        services = List.copyOf(services);
        exceptions = List.copyOf(exceptions);
    }

    /** "holds/{uuid}". */
    public String name() {
        return PREFIX + id;
    }

    /** How it stands at a moment. */
    public State state(Instant moment) {
        if (ending.isPresent()) {
            return State.ENDED;
        }
        if (end.filter(time -> !moment.isBefore(time)).isPresent()) {
            return State.EXPIRED;
        }
        return moot ? State.RELEASE_ENDED : State.ACTIVE;
    }

    /**
     * Whether it is about a promotion, leaving exceptions aside.
     *
     * @param promoted the release; empty when it is a deploy that may begin
     */
    public boolean concerns(String service, Optional<UUID> promoted) {
        return release.isPresent() ? release.equals(promoted) : new ServiceGroup(services).contains(service);
    }

    /** The exception that lets a release pass; empty when none does. */
    public Optional<String> exception(ReleaseDetails details) {
        return exceptions.stream()
                .filter(label -> {
                    var equals = label.indexOf('=');
                    return label.substring(equals + 1).equals(details.labels().get(label.substring(0, equals)));
                })
                .findFirst();
    }
}
