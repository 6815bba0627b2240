package dev.portcullis.analysis.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.analysis.evidence.Counts;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class FiguresTest {
    @Test
    void countsCarryTheirRatioWithTwoDigits() {
        assertEquals("47 of 9,000 requests bad (0.52 %)", Figures.counts(new Counts(47, 9_000)));
        assertEquals("0 of 12 requests bad (0 %)", Figures.counts(new Counts(0, 12)));
        assertEquals("12 of 12 requests bad (100 %)", Figures.counts(new Counts(12, 12)));
        assertEquals("0.50 of 1.25 requests bad (40 %)", Figures.counts(new Counts(0.5, 1.25)));
        assertEquals("no requests", Figures.counts(Counts.NONE));
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
