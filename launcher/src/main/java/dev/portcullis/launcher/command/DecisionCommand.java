package dev.portcullis.launcher.command;

import dev.portcullis.launcher.release.ReleaseClient;
import dev.portcullis.launcher.release.ReleaseText;
import dev.portcullis.proto.gate.v1.Release;
import java.util.List;
import picocli.CommandLine.Mixin;

/** A command by which a person decides about one release, and says why. */
abstract class DecisionCommand extends GateCommand {
    @Mixin
    private ReleaseOption release = new ReleaseOption();

    @Mixin
    private ReasonOption reason = new ReasonOption();

    @Override
    final void checkArguments() {
        release.reference(commandLine());
        reason.text(commandLine());
    }

    @Override
    final int run(ReleaseClient client) {
        var decided = decide(client, client.name(release.reference(commandLine())), reason.text(commandLine()));
        print(List.of(isJson() ? ProtoJson.of(decided) : ReleaseText.change(decided)));
        return 0;
    }

    /** Decides, and answers the release as it is then. */
    abstract Release decide(ReleaseClient client, String name, String reason);
}
