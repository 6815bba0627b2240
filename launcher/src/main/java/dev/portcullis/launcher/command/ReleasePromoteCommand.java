package dev.portcullis.launcher.command;

import dev.portcullis.launcher.release.ReleaseClient;
import dev.portcullis.launcher.release.ReleaseText;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code release promote}: a person decides. */
@Command(
        name = "promote",
        description = "Promotes an open release by hand, whatever the evidence; it is watched no more.")
final class ReleasePromoteCommand extends GateCommand {
    @Mixin
    private ReleaseOption release = new ReleaseOption();

    @Mixin
    private ReasonOption reason = new ReasonOption();

    @Override
    void checkArguments() {
        release.reference(commandLine());
        reason.text(commandLine());
    }

    @Override
    int run(ReleaseClient client) {
        var decided = client.promote(client.name(release.reference(commandLine())), reason.text(commandLine()));
        print(List.of(isJson() ? ProtoJson.of(decided) : ReleaseText.change(decided)));
        return 0;
    }
}
