package dev.portcullis.analysis.source.scrape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.run.MeasuringStatus;
import dev.portcullis.kit.testing.CuttingHttpServer.Framing;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A canary that crashes under its failures before the reading that would confirm them: it used to be promoted with no failed request. */
class WaitingSurgeIT {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingIsPassedWhileItWaitsNorWhenItsPodIsRestartedMeanwhile(boolean tellsStart) {
        try (var shop = new ScrapedRun("errors-without-label")) {
            for (int i = 0; i <= 20; i++) {
                shop.poll(Framing.WHOLE, page("c1", 20 * i, 0, start(tellsStart, 0)), page("s1", 900 * i, 0, ""));
            }
            assertEquals("", shop.detail());
            shop.poll(Framing.WHOLE, page("c1", 400, 1900, start(tellsStart, 0)), page("s1", 900 * 21, 0, ""));
            assertHeld(shop, "its total leapt from 400 to 2,300 in 2 s, and is counted when the next reading goes on");
            for (int i = 0; i < 10; i++) {
                shop.poll(
                        Framing.WHOLE, page("c1", 20 * i, 0, start(tellsStart, 42)), page("s1", 900 * (22 + i), 0, ""));
                assertHeld(shop, "its total leapt from 400 to 2,300 in 2 s, but its total was 0 at the next reading");
            }
            for (int i = 10; i < 100; i++) {
                shop.poll(
                        Framing.WHOLE, page("c1", 20 * i, 0, start(tellsStart, 42)), page("s1", 900 * (22 + i), 0, ""));
                assertEquals(
                        MeasuringStatus.State.UNREACHABLE,
                        shop.run.measurement().measuringStatus().state(),
                        "what it failed is not forgotten");
            }
        }
    }

    private static void assertHeld(ScrapedRun shop, String why) {
        assertEquals(
                MeasuringStatus.State.UNREACHABLE,
                shop.run.measurement().measuringStatus().state());
        assertTrue(shop.detail().contains(why), shop.detail());
        assertEquals(Verdict.CONTINUE, shop.run.status().verdict());
    }

    private static String start(boolean tells, int later) {
        return tells ? "process_start_time_seconds " + (1_772_366_400 + later) + "\n" : "";
    }

    private static String page(String version, long good, long bad, String start) {
        return start + """
                requests_total{version="%1$s"} %4$d
                errors_total{version="%1$s"} %3$d
                http_requests_total{version="%1$s",code="200"} %2$d
                http_requests_total{version="%1$s",code="500"} %3$d
                seconds_bucket{version="%1$s",le="0.3"} %4$d
                seconds_bucket{version="%1$s",le="+Inf"} %4$d
                """.formatted(version, good, bad, good + bad);
    }
}
