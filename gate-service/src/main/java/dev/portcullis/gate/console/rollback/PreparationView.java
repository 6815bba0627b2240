package dev.portcullis.gate.console.rollback;

import dev.portcullis.gate.console.ConsolePath;
import dev.portcullis.gate.console.Moment;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.rollback.PreparedRollback;
import java.time.Instant;
import java.util.List;

/**
 * What a rollback would do, left now and right then, with the second click.
 *
 * @param release path of the release's page
 * @param start where the form goes that does it
 * @param open whether the release is open, so that it is aborted and its rollback follows from that
 * @param service the service
 * @param from the bad revision
 * @param to the good revision
 * @param reason why
 * @param token of the preparation
 * @param expires until when it can be started
 * @param stages what would be done, in order
 * @param nothing whether every target is where it should be already
 */
public record PreparationView(
        String release,
        String start,
        boolean open,
        String service,
        String from,
        String to,
        String reason,
        String token,
        Moment expires,
        List<PreparedRollback.PreparedStage> stages,
        boolean nothing) {
    /** Keeps its own copy. */
    public PreparationView {
        stages = List.copyOf(stages);
    }

    /** The preparation as it is seen at a moment. */
    public static PreparationView of(Release release, PreparedRollback prepared, Instant now) {
        var path = ConsolePath.of(release);
        return new PreparationView(
                path,
                path + (release.open() ? "/abort" : "/rollback/start"),
                release.open(),
                prepared.service(),
                prepared.from(),
                prepared.to(),
                prepared.reason(),
                prepared.token(),
                Moment.of(prepared.expires(), now),
                prepared.stages(),
                prepared.stages().stream().allMatch(PreparedRollback.PreparedStage::restored));
    }
}
