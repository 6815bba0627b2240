package dev.portcullis.launcher.command;

import dev.portcullis.kit.text.RequestName;
import dev.portcullis.launcher.release.HoldText;
import dev.portcullis.launcher.release.ReleaseClient;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code holds}: what people hold. */
@Command(name = "holds", description = "Lists what people hold: stopped services and held releases, newest first.")
final class HoldsCommand extends GateCommand {
    @Option(names = "--service", paramLabel = "NAME", description = "Only what holds this service or a release of it.")
    private String service = "";

    @Option(names = "--all", description = "Also what holds no longer.")
    private boolean all;

    @Override
    void checkArguments() {
        RequestName.fault(service).ifPresent(fault -> {
            throw new ParameterException(commandLine(), "--service " + fault);
        });
    }

    @Override
    int run(ReleaseClient client) {
        var holds = client.holds().list(service, all);
        print(
                isJson()
                        ? List.of("{\"holds\": " + ProtoJson.of(holds) + "}")
                        : holds.isEmpty()
                                ? List.of("nothing is held")
                                : holds.stream().map(HoldText::line).toList());
        return 0;
    }
}
