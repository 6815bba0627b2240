package dev.portcullis.launcher.command;

import dev.portcullis.launcher.release.HoldText;
import dev.portcullis.launcher.release.ReleaseClient;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code release hold}: a person holds one release. */
@Command(
        name = "hold",
        description =
                "Holds the promotion of an open release, until it is resumed; it is measured and aborted as ever.")
final class ReleaseHoldCommand extends GateCommand {
    @Mixin
    private ReleaseOption release = new ReleaseOption();

    @Mixin
    private ForOption time = new ForOption();

    @Mixin
    private ReasonOption reason = new ReasonOption();

    @Override
    void checkArguments() {
        release.reference(commandLine());
        time.end(commandLine());
        reason.text(commandLine());
    }

    @Override
    int run(ReleaseClient client) {
        var name = client.name(release.reference(commandLine()));
        var hold = client.holds().hold(name, time.end(commandLine()), reason.text(commandLine()));
        print(List.of(isJson() ? ProtoJson.of(hold) : HoldText.line(hold)));
        return 0;
    }
}
