package dev.portcullis.launcher.command;

import dev.portcullis.launcher.release.ReleaseClient;
import dev.portcullis.proto.gate.v1.Release;
import picocli.CommandLine.Command;

/** {@code release abort}: a person decides. */
@Command(name = "abort", description = "Aborts an open release by hand; its rollback starts.")
final class ReleaseAbortCommand extends DecisionCommand {
    @Override
    Release decide(ReleaseClient client, String name, String reason) {
        return client.abort(name, reason);
    }
}
