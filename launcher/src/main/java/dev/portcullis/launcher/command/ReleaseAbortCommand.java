package dev.portcullis.launcher.command;

import dev.portcullis.launcher.release.ReleaseClient;
import dev.portcullis.launcher.release.ReleaseText;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code release abort}: a person decides. */
@Command(name = "abort", description = "Aborts an open release by hand; its rollback starts.")
final class ReleaseAbortCommand extends GateCommand {
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
        var decided = client.abort(client.name(release.reference(commandLine())), reason.text(commandLine()));
        print(List.of(isJson() ? ProtoJson.of(decided) : ReleaseText.change(decided)));
        return 0;
    }
}
