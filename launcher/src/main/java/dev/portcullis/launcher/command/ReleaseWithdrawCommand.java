package dev.portcullis.launcher.command;

import dev.portcullis.launcher.release.ReleaseClient;
import dev.portcullis.proto.gate.v1.Release;
import picocli.CommandLine.Command;

/** {@code release withdraw}: a person takes his approval back. */
@Command(
        name = "withdraw",
        description = "Takes back your approval of a release, which stays on record and counts no more.")
final class ReleaseWithdrawCommand extends DecisionCommand {
    @Override
    Release decide(ReleaseClient client, String name, String reason) {
        return client.withdraw(name, reason);
    }
}
