package dev.portcullis.launcher.command;

import dev.portcullis.launcher.release.ReleaseClient;
import dev.portcullis.proto.gate.v1.Release;
import picocli.CommandLine.Command;

/** {@code release promote}: a person decides. */
@Command(
        name = "promote",
        description = "Promotes an open release by hand, whatever the evidence; it is watched no more.")
final class ReleasePromoteCommand extends DecisionCommand {
    @Override
    Release decide(ReleaseClient client, String name, String reason) {
        return client.promote(name, reason);
    }
}
