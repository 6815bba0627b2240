package dev.portcullis.gate.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.analysis.Figures;
import dev.portcullis.gate.analysis.ObjectiveFigures;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MessageChartTest {
    private static News with(Figures figures) {
        var news = SampleMessages.of(MessageEvent.RELEASE_ABORTED).news();
        return new News(
                news.event(),
                news.subject(),
                news.actor(),
                news.text(),
                Optional.of(figures),
                news.rollbackWanted(),
                news.time());
    }

    private static Figures figures(Figures.Arms requests, Figures.Arms bad, Figures.Ratios evidence) {
        var nothing = Figures.Arms.NOTHING_COUNTED;
        return Figures.about(
                "checkout-availability",
                evidence,
                List.of(new ObjectiveFigures("checkout-availability", requests, bad, nothing, nothing)));
    }

    @Test
    void anAbortedCanaryStandsOutAndItsOddsAreBeyondTheMark() {
        assertEquals(
                List.of(
                        "checkout-availability, bad requests",
                        "canary  ████████████████ 4 %",
                        "stable  ▎                0.056 %",
                        "evidence, logarithmic",
                        "against ███████████┃████ 700 : 1, abort at 100 : 1",
                        "for                ┃     0.001 : 1, promote at 20 : 1"),
                MessageChart.lines(
                        SampleMessages.of(MessageEvent.RELEASE_ABORTED).news()));
    }

    @Test
    void halfOfTheOddsInLogarithmsAreHalfTheWayToTheMark() {
        var lines = MessageChart.lines(
                with(figures(new Figures.Arms(1_000, 0), new Figures.Arms(0, 0), new Figures.Ratios(10, 20, 100, 20))));
        assertEquals(
                List.of(
                        "checkout-availability, bad requests",
                        "canary                   0 %",
                        "evidence, logarithmic",
                        "against ██████     ┃     10 : 1, abort at 100 : 1",
                        "for     ███████████┃     20 : 1, promote at 20 : 1"),
                lines);
    }

    @Test
    void theLeastThatIsAboveNothingCanBeSeenAndTheMostStaysInside() {
        var lines = MessageChart.lines(with(figures(
                new Figures.Arms(1e9, 1e9), new Figures.Arms(1, 1e9), new Figures.Ratios(1e12, 1e12, 1.5, 1.5))));
        assertEquals("canary  ▏                0.0000001 %", lines.get(1));
        assertEquals("stable  ████████████████ 100 %", lines.get(2));
        assertTrue(lines.stream().allMatch(line -> line.length() <= 80), () -> String.join("\n", lines));
    }

    @Test
    void withoutCountsThereIsNothingToShow() {
        assertEquals(List.of(), MessageChart.lines(with(Figures.NONE)));
        assertEquals(
                List.of(),
                MessageChart.lines(with(
                        figures(new Figures.Arms(0, 10), new Figures.Arms(0, 1), new Figures.Ratios(1, 1, 100, 20)))));
        assertEquals(
                List.of(),
                MessageChart.lines(
                        SampleMessages.of(MessageEvent.ROLLBACK_FAILED).news()));
    }
}
