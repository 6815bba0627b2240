package dev.portcullis.launcher.command;

import dev.portcullis.kit.text.RequestName;
import dev.portcullis.launcher.peer.PeerException;
import dev.portcullis.launcher.release.EvidenceChart;
import dev.portcullis.launcher.release.Glyphs;
import dev.portcullis.launcher.release.ReleaseClient;
import dev.portcullis.launcher.release.ReleaseText;
import dev.portcullis.proto.gate.v1.Release;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code release watch}: follows a release to its end. */
@Command(
        name = "watch",
        exitCodeOnInvalidInput = ReleaseWatchCommand.WRONG_ARGUMENTS,
        description =
                "Follows a release to its end: exit 0 when it is promoted, 1 aborted, 2 otherwise ended, 3 not followed.")
final class ReleaseWatchCommand extends GateCommand {
    static final int WRONG_ARGUMENTS = 64;
    private static final int NOT_FOLLOWED = 3;
    private static final int OTHERWISE_ENDED = 2;
    private static final String CLEAR = "\u001b[H\u001b[2J";

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    /** Which release: exactly one. */
    static final class Which {
        @Parameters(
                index = "0",
                arity = "0..1",
                paramLabel = "RELEASE",
                description =
                        "Its name, services/{service}/releases/{uuid}, or the first 8 or more characters of its UUID.")
        private @Nullable String release;

        @Option(names = "--service", paramLabel = "SERVICE", description = "The newest open release of this service.")
        private @Nullable String service;
    }

    @Override
    void checkArguments() {
        if (which.service != null) {
            RequestName.fault(which.service).ifPresent(fault -> {
                throw new ParameterException(commandLine(), "--service " + fault);
            });
        } else {
            ReleaseOption.of(commandLine(), String.valueOf(which.release));
        }
    }

    @Override
    int run(ReleaseClient client) {
        var name = which.service == null
                ? client.name(ReleaseOption.of(commandLine(), String.valueOf(which.release)))
                : client.newestOpen(which.service);
        return switch (client.watch(name, release -> show(client, release)).getState()) {
            case PROMOTED -> 0;
            case ABORTED -> 1;
            default -> OTHERWISE_ENDED;
        };
    }

    /** Drawn anew on a terminal; a line per change elsewhere. */
    private void show(ReleaseClient client, Release release) {
        if (isJson()) {
            print(List.of(ProtoJson.compact(release)));
        } else if (commandLine().getColorScheme().ansi().enabled()) {
            var chart = chart(client, release);
            out().print(CLEAR);
            print(ReleaseText.whole(release));
            print(chart);
        } else {
            print(List.of(ReleaseText.change(release)));
        }
    }

    /** The chart is an extra: where it cannot be had, the release is followed without. */
    private List<String> chart(ReleaseClient client, Release release) {
        try {
            return client.analysis(release.getName())
                    .map(analysis -> EvidenceChart.lines(
                            analysis,
                            commandLine().getUsageHelpWidth(),
                            Glyphs.of(System.out.charset()),
                            Palette.of(commandLine())))
                    .orElse(List.of());
        } catch (PeerException e) {
            return List.of();
        }
    }

    /** A release that is not followed is not aborted. */
    @Override
    int refused() {
        return NOT_FOLLOWED;
    }
}
