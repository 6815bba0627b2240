package dev.portcullis.analysis.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of docs/recovery.md: what becomes of simulated recoveries in the default policy. */
class RecoveryPageTest {
    private static final Duration WITHIN = Duration.ofMinutes(10);

    @Test
    void everyRowIsWhatBecomesOfSimulatedRecoveries() throws IOException {
        String page = Files.readString(Path.of("../docs/recovery.md"));
        assertEquals(
                Stream.of(1.0, 10.0, 20.0, 100.0, 1_000.0)
                        .map(RecoveryPageTest::row)
                        .collect(Collectors.joining("\n")),
                page.lines().filter(line -> line.matches("\\| [0-9,]+ \\|.*")).collect(Collectors.joining("\n")));
    }

    private static String row(double requests) {
        var recovery = Policies.standard().ofRecovery(WITHIN);
        var effects = Detection.of(recovery, new Traffic(requests, 0, Traffic.USUAL_BUDGET))
                .objectives()
                .getFirst()
                .effects();
        return Stream.concat(
                        effects.stream().limit(2).map(RecoveryPageTest::recovered),
                        effects.stream().skip(2).map(RecoveryPageTest::notRecovered))
                .collect(Collectors.joining(" | ", "| " + Rounded.given(requests) + " | ", " |"));
    }

    private static String recovered(Effect effect) {
        return cell(effect.outcomes().promotedShare(), effect.outcomes().promoted());
    }

    private static String notRecovered(Effect effect) {
        return cell(effect.outcomes().abortedShare(), effect.outcomes().aborted());
    }

    private static String cell(double share, List<Duration> times) {
        return times.isEmpty()
                ? Rounded.share(share)
                : Rounded.share(share) + ": "
                        + Rounded.duration(Outcomes.median(times).orElseThrow()) + " / "
                        + Rounded.duration(Outcomes.ninety(times).orElseThrow());
    }
}
