package dev.portcullis.launcher.command;

import dev.portcullis.launcher.release.HoldText;
import dev.portcullis.launcher.release.ReleaseClient;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code release resume}: a person ends what holds one release. */
@Command(name = "resume", description = "Ends every hold of one release; a stop of its service goes on.")
final class ReleaseResumeCommand extends GateCommand {
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
        var name = client.name(release.reference(commandLine()));
        var ended = client.holds().resumeRelease(name, reason.text(commandLine()));
        print(
                isJson()
                        ? List.of("{\"holds\": " + ProtoJson.of(ended) + "}")
                        : ended.stream().map(HoldText::line).toList());
        return 0;
    }
}
