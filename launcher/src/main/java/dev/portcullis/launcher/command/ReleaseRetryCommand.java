package dev.portcullis.launcher.command;

import dev.portcullis.launcher.release.ReleaseClient;
import dev.portcullis.proto.gate.v1.Release;
import picocli.CommandLine.Command;

/** {@code release retry}: a person tries again. */
@Command(
        name = "retry",
        description = "Has a release begin anew that was aborted or has expired: opens the next run of its canary.")
final class ReleaseRetryCommand extends DecisionCommand {
    @Override
    Release decide(ReleaseClient client, String name, String reason) {
        return client.retry(name, reason);
    }
}
