package dev.portcullis.gate.console.overview;

import dev.portcullis.gate.console.ConsolePath;
import dev.portcullis.gate.console.Moment;
import dev.portcullis.gate.hold.PromotionHold;
import dev.portcullis.kit.identity.Caller;
import dev.portcullis.kit.identity.Role;
import dev.portcullis.kit.text.PlainText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A hold in a list.
 *
 * @param services patterns of the services that are held
 * @param release the path of the one release that is held; empty when all of the services are
 * @param state how it stands, in words
 * @param resumable whether it holds, and whoever looks may end it
 */
public record HoldRow(
        String id,
        List<String> services,
        Optional<String> release,
        List<String> exceptions,
        String reason,
        String creator,
        Moment created,
        Optional<Moment> end,
        String state,
        boolean active,
        boolean resumable) {
    public HoldRow {
        services = List.copyOf(services);
        exceptions = List.copyOf(exceptions);
    }

    /** The row of a hold that somebody looks at. */
    public static HoldRow of(PromotionHold hold, Caller viewer, Instant now) {
        var active = hold.state(now) == PromotionHold.State.ACTIVE;
        var mayEnd = hold.services().stream().allMatch(service -> viewer.may(Role.OPERATOR, service));
        return new HoldRow(
                hold.id().toString(),
                hold.services(),
                hold.release().map(id -> ConsolePath.release(hold.services().getFirst(), id)),
                hold.exceptions(),
                PlainText.of(hold.reason()),
                hold.creator(),
                Moment.of(hold.created(), now),
                hold.end().map(time -> Moment.of(time, now)),
                state(hold, now),
                active,
                active && mayEnd);
    }

    private static String state(PromotionHold hold, Instant now) {
        return switch (hold.state(now)) {
            case ACTIVE -> "holds";
            case ENDED ->
                hold.ending()
                        .map(ending -> "ended by " + ending.actor() + ": " + PlainText.of(ending.reason()))
                        .orElse("ended");
            case EXPIRED -> "its time is over";
            case RELEASE_ENDED -> "its release has ended";
        };
    }
}
