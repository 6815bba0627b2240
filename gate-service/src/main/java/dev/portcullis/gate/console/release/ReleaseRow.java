package dev.portcullis.gate.console.release;

import dev.portcullis.gate.console.ConsolePath;
import dev.portcullis.gate.console.Mark;
import dev.portcullis.gate.console.Moment;
import dev.portcullis.kit.text.PlainText;
import java.time.Instant;
import java.util.Optional;

/**
 * A release in a list.
 *
 * @param id of the release
 * @param path of its page
 * @param revision what people call the version; the canary's label value where nobody told
 * @param canary the canary's label value; empty where it is the revision
 * @param run which attempt it is; empty for the first
 * @param sentence why, shortened
 * @param opened when it was opened
 * @param ended when it ended; empty while it is open
 * @param attention why it waits for a person; empty when it does not
 * @param dryRun whether nobody goes by its decisions
 */
public record ReleaseRow(
        String id,
        String path,
        String service,
        String revision,
        String canary,
        String run,
        Mark mark,
        String sentence,
        Moment opened,
        Optional<Moment> ended,
        Optional<String> attention,
        boolean dryRun) {
    /** In bytes: two lines of a list. */
    private static final int LONGEST = 200;

    /** The row of a release that is seen at a moment. */
    public static ReleaseRow of(PresentRelease present, Instant now) {
        var release = present.release();
        var key = release.key();
        var named = !key.revision().isEmpty() && !key.revision().equals(key.canary());
        return new ReleaseRow(
                release.id().toString(),
                ConsolePath.of(release),
                key.service(),
                named ? key.revision() : key.canary(),
                named ? key.canary() : "",
                release.start().run() == 1 ? "" : "run " + release.start().run(),
                Mark.of(release, present.answer()),
                PlainText.line(Headline.line(present), LONGEST),
                Moment.of(release.start().time(), now),
                release.ended().map(time -> Moment.of(time, now)),
                Attention.of(present),
                release.start().dryRun());
    }
}
