package dev.portcullis.analysis.explanation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.analysis.evidence.Counts;
import org.junit.jupiter.api.Test;

final class FigureFormatTest {
    @Test
    void countsCarryTheirRatioWithTwoDigits() {
        assertEquals("47 of 9,000 requests failed (0.52 %)", FigureFormat.requests(new Counts(47, 9_000), "failed"));
        assertEquals("0 of 12 requests failed (0 %)", FigureFormat.requests(new Counts(0, 12), "failed"));
        assertEquals("12 of 12 (100 %)", FigureFormat.share(new Counts(12, 12)));
        assertEquals("0.50 of 1.25 (40 %)", FigureFormat.share(new Counts(0.5, 1.25)));
        assertEquals("no requests", FigureFormat.requests(Counts.NONE, "failed"));
    }

    @Test
    void ratiosNearTheWholeKeepTheDigitThatMatters() {
        assertEquals("99 %", FigureFormat.percent(0.99));
        assertEquals("99.5 %", FigureFormat.percent(0.995));
        assertEquals("95 %", FigureFormat.percent(0.95));
        assertEquals("0.025 %", FigureFormat.percent(0.00025));
    }

    @Test
    void lowerBoundsAreNeverRoundedUp() {
        assertEquals("3.4", FigureFormat.times(3.49));
        assertEquals("0.31 %", FigureFormat.percentDown(0.00319));
        assertEquals("1,500", FigureFormat.cases(Math.log(1_599)));
        assertEquals("100", FigureFormat.cases(-Math.log(0.01)));
        assertEquals("10^12", FigureFormat.cases(5_000));
    }

    @Test
    void numbersOfAPolicyAreShownAsTheyWereWritten() {
        assertEquals("1.25", FigureFormat.plain(1.25));
        assertEquals("2", FigureFormat.plain(2));
        assertEquals("0.3", FigureFormat.plain(0.1 * 3));
        assertEquals("300", FigureFormat.plain(300));
    }

    @Test
    void oddsAreRoundedAndCapped() {
        assertEquals("1 : 1", FigureFormat.odds(0));
        assertEquals("3.2 : 1", FigureFormat.odds(Math.log(3.217)));
        assertEquals("1,500 : 1", FigureFormat.odds(Math.log(1_532)));
        assertEquals("more than 10^12 : 1", FigureFormat.odds(5_000));
        assertEquals("less than 0.001 : 1", FigureFormat.odds(-5_000));
    }
}
