package dev.portcullis.launcher.command;

import dev.portcullis.kit.text.RequestName;
import dev.portcullis.launcher.release.ReleaseClient;
import dev.portcullis.launcher.release.ReleaseText;
import dev.portcullis.proto.gate.v1.Release;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code release list}: the releases, newest first. */
@Command(name = "list", description = "Lists releases, newest first.")
final class ReleaseListCommand extends GateCommand {
    private static final int LARGEST_LIMIT = 10_000;

    @Option(names = "--service", paramLabel = "SERVICE", description = "Only of this service.")
    private String service = "";

    @Option(names = "--state", paramLabel = "STATE", description = "Only in this state: ${COMPLETION-CANDIDATES}.")
    private @Nullable State state;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many; ${DEFAULT-VALUE} unless given.")
    private int limit = 20;

    /** The states, as the contract names them. */
    enum State {
        OPEN,
        PROMOTED,
        ABORTED,
        SUPERSEDED,
        EXPIRED
    }

    @Override
    void checkArguments() {
        RequestName.fault(service).ifPresent(fault -> {
            throw new ParameterException(commandLine(), "--service " + fault);
        });
        if (limit < 1 || limit > LARGEST_LIMIT) {
            throw new ParameterException(commandLine(), "--limit is '" + limit + "'; legal: 1 to " + LARGEST_LIMIT);
        }
    }

    @Override
    int run(ReleaseClient client) {
        var wanted = state == null ? Release.State.STATE_UNSPECIFIED : Release.State.valueOf(state.name());
        var releases = client.list(service, wanted, limit);
        print(
                isJson()
                        ? List.of("{\"releases\": " + ProtoJson.of(releases) + "}")
                        : releases.isEmpty() ? List.of("no release") : ReleaseText.table(releases));
        return 0;
    }
}
