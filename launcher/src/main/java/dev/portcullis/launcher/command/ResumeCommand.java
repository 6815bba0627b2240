package dev.portcullis.launcher.command;

import dev.portcullis.kit.text.RequestName;
import dev.portcullis.launcher.release.HoldText;
import dev.portcullis.launcher.release.ReleaseClient;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code resume}: a person ends a hold. */
@Command(name = "resume", description = "Ends a hold: what it held is judged anew at once.")
final class ResumeCommand extends GateCommand {
    private static final Pattern NAME =
            Pattern.compile("holds/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    @Parameters(index = "0", paramLabel = "HOLD", description = "Its name, holds/UUID, as stop and holds show it.")
    private String name = "";

    @Mixin
    private ReasonOption reason = new ReasonOption();

    @Override
    void checkArguments() {
        if (!NAME.matcher(name).matches()) {
            throw new ParameterException(
                    commandLine(), "HOLD is " + RequestName.shown(name) + "; legal: holds/{uuid}, as holds shows it");
        }
        reason.text(commandLine());
    }

    @Override
    int run(ReleaseClient client) {
        var ended = client.holds().resume(name, reason.text(commandLine()));
        print(List.of(isJson() ? ProtoJson.of(ended) : HoldText.line(ended)));
        return 0;
    }
}
