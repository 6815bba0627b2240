package dev.portcullis.kit.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.RoundingMode;
import org.junit.jupiter.api.Test;

final class NumberTextTest {
    @Test
    void aRoundedNumberHasTheDigitsAskedForAndNoZerosAtItsEnd() {
        assertEquals("28,000", NumberText.rounded(27_950, 2, RoundingMode.HALF_UP));
        assertEquals("0.31", NumberText.rounded(0.309, 2, RoundingMode.HALF_UP));
        assertEquals("0.5", NumberText.rounded(0.50001, 2, RoundingMode.DOWN));
        assertEquals("0", NumberText.rounded(0, 2, RoundingMode.UP));
    }

    @Test
    void whatBinaryFractionsAddIsNoDigit() {
        assertEquals("0.3", NumberText.rounded(0.1 + 0.2, 2, RoundingMode.UP));
        assertEquals("0.999", NumberText.plain(99.9 / 100));
    }

    @Test
    void aRatioIsTheSameInPerCent() {
        assertEquals("0.52 %", NumberText.percent(0.00521, 2));
        assertEquals("12.35 %", NumberText.percent(0.12345, 4));
        assertEquals("100 %", NumberText.percent(1, 3));
    }

    @Test
    void aPlainNumberHasNoSeparatorAndNoExponent() {
        assertEquals("1000", NumberText.plain(1000));
        assertEquals("14.4", NumberText.plain(14.4));
        assertEquals("0.00000025", NumberText.plain(2.5e-7));
        assertEquals("0", NumberText.plain(0));
    }

    @Test
    void oneIsNotSeveral() {
        assertEquals("0 windows", NumberText.counted(0, "window"));
        assertEquals("1 window", NumberText.counted(1, "window"));
        assertEquals("2 windows", NumberText.counted(2, "window"));
        assertEquals("2 series", NumberText.counted(2, "series", "series"));
    }
}
