package dev.portcullis.analysis.explanation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.analysis.evidence.Counts;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class FiguresTest {
    @Test
    void countsCarryTheirRatioWithTwoDigits() {
        assertEquals("47 of 9,000 requests failed (0.52 %)", Figures.requests(new Counts(47, 9_000), "failed"));
        assertEquals("0 of 12 requests failed (0 %)", Figures.requests(new Counts(0, 12), "failed"));
        assertEquals("12 of 12 (100 %)", Figures.share(new Counts(12, 12)));
        assertEquals("0.50 of 1.25 (40 %)", Figures.share(new Counts(0.5, 1.25)));
        assertEquals("no requests", Figures.requests(Counts.NONE, "failed"));
    }

    @Test
    void ratiosNearTheWholeKeepTheDigitThatMatters() {
        assertEquals("99 %", Figures.percent(0.99));
        assertEquals("99.5 %", Figures.percent(0.995));
        assertEquals("95 %", Figures.percent(0.95));
        assertEquals("0.025 %", Figures.percent(0.00025));
    }

    @Test
    void lowerBoundsAreNeverRoundedUp() {
        assertEquals("3.4", Figures.times(3.49));
        assertEquals("0.31 %", Figures.percentDown(0.00319));
        assertEquals("1,500", Figures.cases(Math.log(1_599)));
        assertEquals("100", Figures.cases(-Math.log(0.01)));
        assertEquals("10^12", Figures.cases(5_000));
    }

    @Test
    void numbersOfAPolicyAreShownAsTheyWereWritten() {
        assertEquals("1.25", Figures.plain(1.25));
        assertEquals("2", Figures.plain(2));
        assertEquals("0.3", Figures.plain(0.1 * 3));
        assertEquals("300", Figures.plain(300));
    }

    @Test
    void oddsAreRoundedAndCapped() {
        assertEquals("1 : 1", Figures.odds(0));
        assertEquals("3.2 : 1", Figures.odds(Math.log(3.217)));
        assertEquals("1,500 : 1", Figures.odds(Math.log(1_532)));
        assertEquals("more than 10^12 : 1", Figures.odds(5_000));
        assertEquals("less than 0.001 : 1", Figures.odds(-5_000));
    }

    @Test
    void durationsAreReadable() {
        assertEquals("0 s", Figures.duration(Duration.ZERO));
        assertEquals("59 s", Figures.duration(Duration.ofMillis(59_400)));
        assertEquals("2 min 15 s", Figures.duration(Duration.ofSeconds(135)));
        assertEquals("1 h", Figures.duration(Duration.ofHours(1)));
        assertEquals("1 h 5 min", Figures.duration(Duration.ofMinutes(65)));
    }
}
