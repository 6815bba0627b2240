package dev.portcullis.launcher.command;

import dev.portcullis.launcher.release.ReleaseClient;
import dev.portcullis.proto.gate.v1.Release;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code release promote}: a person decides. */
@Command(
        name = "promote",
        description = "Promotes an open release by hand, whatever the evidence but for a FAIL; it is watched no more.")
final class ReleasePromoteCommand extends DecisionCommand {
    @Option(
            names = "--against-fail",
            description =
                    "Also a release that has failed, held or aborted: takes the role admin and an approval of its latest decision by a second person.")
    private boolean againstFail;

    @Override
    Release decide(ReleaseClient client, String name, String reason) {
        return client.promote(name, reason, againstFail);
    }
}
