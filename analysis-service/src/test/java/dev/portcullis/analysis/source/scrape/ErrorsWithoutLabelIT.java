package dev.portcullis.analysis.source.scrape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.run.MeasuringStatus;
import dev.portcullis.kit.testing.CuttingHttpServer.Framing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A canary one third of whose requests fail, which its page tells without the label that its other counters have. */
class ErrorsWithoutLabelIT {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "errors_total 30",
                "errors_total{route=\"/pay\"} 30",
                "http_requests_total{code=\"500\"} 30",
                "seconds_bucket{le=\"0.3\"} 0\nseconds_bucket{le=\"+Inf\"} 30"
            })
    void nobodyKnowsWhoseTheyAreAndNothingIsPassed(String errors) {
        try (var shop = new ScrapedRun("errors-without-label")) {
            for (int i = 0; i < 100; i++) {
                shop.poll(
                        Framing.WHOLE,
                        page("c1", 100 * i) + errors.replaceAll(" 30", " " + 50 * i) + "\n",
                        page("s1", 900 * i));
                assertEquals(Verdict.CONTINUE, shop.run.status().verdict(), shop::text);
                assertEquals(
                        MeasuringStatus.State.UNREACHABLE,
                        shop.run.measurement().measuringStatus().state());
            }
            String series = errors.substring(0, errors.indexOf(' ')).replaceAll("[{].*", "");
            assertTrue(shop.detail().contains(series + "{"), shop.detail());
            assertTrue(
                    shop.detail()
                            .contains("has no label version, which other series of its pod have, so that nobody knows"
                                    + " whose requests it counts"),
                    shop.detail());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "errors_total{version=\"\"} 30",
                "http_requests_total{version=\"\",code=\"500\"} 30",
                "other_errors_total 30",
                "errors_total{version=\"c0\"} 30"
            })
    void aLabelThatIsEmptyAndMetricsThatNobodyAskedForAreNone(String others) {
        try (var shop = new ScrapedRun("errors-without-label")) {
            for (int i = 0; i < 300 && shop.run.isRunning(); i++) {
                shop.poll(Framing.WHOLE, page("c1", 100 * i) + others + "\n", page("s1", 900 * i));
                assertEquals("", i < 2 ? "" : shop.detail());
            }
            assertEquals(Verdict.PASS, shop.run.status().verdict(), shop::text);
        }
    }

    @Test
    void aPageOfNeitherVersionDoesNotMatter() {
        try (var shop = new ScrapedRun("errors-without-label")) {
            for (int i = 0; i < 10; i++) {
                shop.poll(Framing.WHOLE, page("c1", 100 * i), "errors_total 30\nrequests_total 900\n");
            }
            assertEquals("", shop.detail());
            assertEquals(900, shop.run.counts("separate").canary().total());
        }
    }

    private static String page(String version, long good) {
        return """
                requests_total{version="%1$s"} %2$d
                http_requests_total{version="%1$s",code="200"} %2$d
                seconds_bucket{version="%1$s",le="0.3"} %2$d
                seconds_bucket{version="%1$s",le="+Inf"} %2$d
                """.formatted(version, good);
    }
}
