package dev.portcullis.launcher.command;

import dev.portcullis.kit.text.DurationText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How long promotions are held. */
final class ForOption {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(30);

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "How long at most, as 90m, 2h or 3d; 1 minute to 30 days.")
    private @Nullable String time;

    /**
     * When that is over; empty when it is not given.
     *
     * @throws ParameterException when the gate would refuse it
     */
    Optional<Instant> end(CommandLine command) {
        return Optional.ofNullable(time).map(text -> {
            var length = DurationText.parse(text)
                    .filter(known -> known.compareTo(SHORTEST) >= 0 && known.compareTo(LONGEST) <= 0)
                    .orElseThrow(() -> new ParameterException(
                            command, "--for is '" + text + "'; legal: 1m to 30d, as 90m, 2h or 1d12h"));
            return Clock.systemUTC().instant().plus(length);
        });
    }

    /** The same where it has to be given. */
    Instant required(CommandLine command) {
        return end(command)
                .orElseThrow(() ->
                        new ParameterException(command, "--for is missing; legal: 1m to 30d, as 90m, 2h or 1d12h"));
    }
}
