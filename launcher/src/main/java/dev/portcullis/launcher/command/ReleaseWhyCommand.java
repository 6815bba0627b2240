package dev.portcullis.launcher.command;

import dev.portcullis.launcher.release.ReleaseClient;
import dev.portcullis.launcher.release.ReleaseText;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code release why}: the latest decision, what it rests on, and those before. */
@Command(
        name = "why",
        description = "Says why a release was decided on as it was: the evidence of each objective, and all decisions.")
final class ReleaseWhyCommand extends GateCommand {
    private static final int LARGEST_LIMIT = 10_000;

    @Mixin
    private ReleaseOption release = new ReleaseOption();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "At most so many decisions, the newest; ${DEFAULT-VALUE} unless given.")
    private int limit = 20;

    @Override
    void checkArguments() {
        release.reference(commandLine());
        if (limit < 1 || limit > LARGEST_LIMIT) {
            throw new ParameterException(commandLine(), "--limit is '" + limit + "'; legal: 1 to " + LARGEST_LIMIT);
        }
    }

    @Override
    int run(ReleaseClient client) {
        var found = client.get(release.reference(commandLine()));
        // One more than is shown, to know whether there are more.
        var decisions = client.decisions(found.getName(), limit + 1);
        var shown = decisions.subList(0, Math.min(limit, decisions.size()));
        if (shown.isEmpty()) {
            print(List.of(
                    isJson()
                            ? "{\"release\": " + ProtoJson.of(found) + ",\n\"decisions\": []}"
                            : "nothing is decided on " + found.getName() + " yet"));
            return 0;
        }
        var latest = client.decision(shown.getFirst().getName());
        print(
                isJson()
                        ? List.of("{\"release\": " + ProtoJson.of(found) + ",\n\"decision\": " + ProtoJson.of(latest)
                                + ",\n\"decisions\": " + ProtoJson.of(shown) + "}")
                        : ReleaseText.why(found, latest, shown, decisions.size() > limit));
        return 0;
    }
}
