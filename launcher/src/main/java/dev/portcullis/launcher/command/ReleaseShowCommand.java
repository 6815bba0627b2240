package dev.portcullis.launcher.command;

import dev.portcullis.launcher.release.ReleaseClient;
import dev.portcullis.launcher.release.ReleaseText;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code release show}: one release with all that is known of it. */
@Command(name = "show", description = "Shows one release.")
final class ReleaseShowCommand extends GateCommand {
    @Mixin
    private ReleaseOption release = new ReleaseOption();

    @Override
    void checkArguments() {
        release.reference(commandLine());
    }

    @Override
    int run(ReleaseClient client) {
        var found = client.get(release.reference(commandLine()));
        print(isJson() ? List.of(ProtoJson.of(found)) : ReleaseText.whole(found));
        return 0;
    }
}
