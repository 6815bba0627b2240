package dev.portcullis.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DemoFormatTest {
    @Test
    void oddsAreShortAndNeverPretendToBePrecise() {
        assertEquals("1.2 : 1", DemoFormat.odds(1.234));
        assertEquals("1 : 1", DemoFormat.odds(1));
        assertEquals("20 : 1", DemoFormat.odds(20));
        assertEquals("12,346 : 1", DemoFormat.odds(12345.6));
        assertEquals("over 10^12 : 1", DemoFormat.odds(1e12));
        assertEquals("below 0.1 : 1", DemoFormat.odds(0));
    }

    @Test
    void percentagesHaveNoIdleZeros() {
        assertEquals("10 %", DemoFormat.percent(0.1));
        assertEquals("0.05 %", DemoFormat.percent(0.0005));
        assertEquals("100 %", DemoFormat.percent(1));
        assertEquals("0 %", DemoFormat.percent(0));
    }

    @Test
    void timesAreMinutesAndSeconds() {
        assertEquals("00:07", DemoFormat.clock(Duration.ofMillis(7900)));
        assertEquals("61:05", DemoFormat.clock(Duration.ofSeconds(3665)));
    }
}
