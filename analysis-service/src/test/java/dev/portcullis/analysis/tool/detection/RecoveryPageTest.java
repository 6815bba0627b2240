package dev.portcullis.analysis.tool.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.kit.text.DurationText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of docs/recovery.md: what becomes of simulated recoveries in the default policy. */
class RecoveryPageTest {
    private static final Duration LONG = Duration.ofHours(6);

    /** Of the effects, those that a PASS does not exclude come first: as stable, x2, x5. */
    private static final int GOOD = 3;

    private static final int FAILS_ALWAYS = 4;

    @Test
    void howLongARecoveryTakesIsWhatSimulatedOnesTook() throws IOException {
        assertEquals(
                Stream.of(1.0, 10.0, 100.0, 1_000.0)
                        .map(RecoveryPageTest::times)
                        .collect(Collectors.joining("\n")),
                rows("\\| [0-9,]+ \\|.*"));
    }

    @Test
    void howOftenARecoveryIsShownInATimeIsWhatBecameOfSimulatedOnes() throws IOException {
        assertEquals(
                IntStream.of(5, 10, 15, 30, 120)
                        .mapToObj(Duration::ofMinutes)
                        .map(RecoveryPageTest::shares)
                        .collect(Collectors.joining("\n")),
                rows("\\| `within: .*"));
    }

    private static String rows(String form) throws IOException {
        return Files.readString(Path.of("../docs/recovery.md"))
                .lines()
                .filter(line -> line.matches(form))
                .collect(Collectors.joining("\n"));
    }

    private static String times(double requests) {
        var effects = effects(requests, LONG);
        var cells = IntStream.of(0, 1, 2, GOOD, FAILS_ALWAYS)
                .mapToObj(i -> cell(
                        i < GOOD
                                ? effects.get(i).outcomeCounts().promoted()
                                : effects.get(i).outcomeCounts().aborted(),
                        effects.get(i).outcomeCounts().releases()));
        return cells.collect(Collectors.joining(" | ", "| " + ForecastFormat.given(requests) + " | ", " |"));
    }

    private static String cell(List<Duration> times, int of) {
        var share = ForecastFormat.share((double) times.size() / of);
        return times.isEmpty()
                ? share
                : share + ": "
                        + DurationText.rounded(OutcomeCounts.median(times).orElseThrow()) + " / "
                        + DurationText.rounded(OutcomeCounts.ninety(times).orElseThrow());
    }

    private static String shares(Duration within) {
        return Stream.of(1.0, 5.0, 10.0, 20.0, 50.0, 100.0)
                .map(requests -> ForecastFormat.share(
                        effects(requests, within).getFirst().outcomeCounts().promotedShare()))
                .collect(Collectors.joining(" | ", "| `within: " + within.toMinutes() + "m` | ", " |"));
    }

    private static List<EffectOutcomes> effects(double requests, Duration within) {
        return Detection.of(
                        TestPolicies.standard().ofRecovery(within),
                        new AssumedTraffic(requests, 0, AssumedTraffic.USUAL_BUDGET))
                .objectives()
                .getFirst()
                .effects();
    }
}
