package dev.portcullis.analysis.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BadRatioTest {
    private static final Duration WINDOW = Duration.ofMinutes(64);

    @Test
    void badRequestsAreDividedByAllAndNoneAreBadBeforeTheFirst() {
        assertEquals(
                "(sum(rate(r{code=\"500\"}[1h4m])) or vector(0)) / (sum(rate(r[1h4m])) > 0)",
                BadRatio.of(Slos.bad("r{code=\"500\"}", "r")).over(WINDOW));
    }

    @Test
    void whatIsNotGoodIsBadEvenWhenNothingEverWas() {
        assertEquals(
                "(sum(rate(r[1h4m])) - (sum(rate(r{code!=\"500\"}[1h4m])) or vector(0))) / (sum(rate(r[1h4m])) > 0)",
                BadRatio.of(Slos.good("r{code!=\"500\"}", "r")).over(WINDOW));
    }

    @Test
    void aMissingBucketIsNoBoundaryAndNotAnOutage() {
        BadRatio latency = BadRatio.of(Slos.latency("t_bucket{a=\"b\"}", 0.3));
        assertEquals(
                "(sum(rate(t_bucket{a=\"b\",le=\"+Inf\"}[1h4m])) - sum(rate(t_bucket{a=\"b\",le=\"0.3\"}[1h4m])))"
                        + " / (sum(rate(t_bucket{a=\"b\",le=\"+Inf\"}[1h4m])) > 0)",
                latency.over(WINDOW));
        assertEquals("t_bucket{a=\"b\",le=\"0.3\"}", latency.witness());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', quoteCharacter = '`', textBlock = """
                    0.3 t_bucket{le="0.3"}
                    1 t_bucket{le=~"1|1\\\\.0"}
                    250 t_bucket{le=~"250|250\\\\.0"}
                    0.00005 t_bucket{le=~"0\\\\.00005|5e-05"}
                    2500000 t_bucket{le=~"2500000|2500000\\\\.0|2\\\\.5e\\\\+06"}""")
    void aBoundaryIsFoundInEverySpelling(double threshold, String selector) {
        assertEquals(selector, BadRatio.of(Slos.latency("t_bucket", threshold)).witness());
    }
}
