package dev.portcullis.launcher.command;

import dev.portcullis.launcher.release.ReleaseClient;
import dev.portcullis.proto.gate.v1.Release;
import picocli.CommandLine.Command;

/** {@code release approve}: a person approves. */
@Command(
        name = "approve",
        description = "Approves an open release, for a policy that wants approvals; who approves again renews his.")
final class ReleaseApproveCommand extends DecisionCommand {
    @Override
    Release decide(ReleaseClient client, String name, String reason) {
        return client.approve(name, reason);
    }
}
