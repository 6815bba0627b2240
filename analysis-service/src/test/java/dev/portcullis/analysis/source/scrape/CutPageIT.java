package dev.portcullis.analysis.source.scrape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.run.MeasuringStatus;
import dev.portcullis.kit.testing.CuttingHttpServer.Framing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A pod whose page breaks off every third time; its canary is healthy. */
class CutPageIT {
    private static final String CUT = "page-cut-in-last-number";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UNTIL_CLOSE | 3 | the page is cut off in line 2: the line feed that has to end it is missing",
                "HTTP_1_0 | 3 | the page is cut off in line 2: the line feed that has to end it is missing",
                "WHOLE | 3 | the page is cut off in line 2: the line feed that has to end it is missing",
                "UNTIL_CLOSE | 1 | the page is cut off in line 2: the line feed that has to end it is missing",
                "UNTIL_CLOSE | 999 | the page is empty",
                "SHORT_OF_CONTENT_LENGTH | 52 | the answer was cut off after 5",
                "WITHOUT_LAST_CHUNK | 52 | bytes: its last chunk is missing",
                "GZIP_CUT | 0 | the page came compressed (Content-Encoding: gzip), which was not asked for"
            })
    void aPageThatBreaksOffIsNoReadingAndTheHealthyCanaryPasses(Framing framing, int missing, String reason) {
        try (var shop = new ScrapedRun(CUT)) {
            for (int i = 1; i < 200 && shop.run.isRunning(); i++) {
                String whole = page("c1", 1000 + 100 * i);
                if (i % 3 == 0) {
                    shop.poll(framing, whole.substring(0, Math.max(0, whole.length() - missing)), page("s1", 900 * i));
                    assertEquals(
                            MeasuringStatus.State.UNREACHABLE,
                            shop.run.measurement().measuringStatus().state());
                    assertTrue(shop.detail().contains("127.0.0.1:" + shop.canary.port() + ": "), shop.detail());
                    assertTrue(shop.detail().contains(reason), shop.detail());
                } else {
                    shop.poll(Framing.WHOLE, whole, page("s1", 900 * i));
                }
            }
            assertEquals(Verdict.PASS, shop.run.status().verdict(), shop::text);
            assertEquals(0, shop.run.counts("avail").canary().bad());
        }
    }

    @Test
    void thePagesOfTheFaultAreOneReadingAndNone() {
        try (var shop = new ScrapedRun(CUT)) {
            String whole = ScrapedRun.file(CUT, "whole.prom");
            String cut = ScrapedRun.file(CUT, "cut.prom");
            // The first is only compared with the next: nothing tells where it ends.
            shop.poll(Framing.UNTIL_CLOSE, whole, page("s1", 900));
            shop.poll(Framing.UNTIL_CLOSE, whole, page("s1", 900));
            shop.poll(Framing.UNTIL_CLOSE, cut, page("s1", 1800));
            assertTrue(
                    shop.detail().contains("'http_requests_total{version=\"c1\",code=\"500\"} 1234'"), shop.detail());
            shop.poll(Framing.UNTIL_CLOSE, whole.replace(" 1000", " 1200"), page("s1", 2700));
            assertEquals(new Counts(0, 200), shop.run.counts("avail").canary());
            assertEquals(new Counts(0, 1800), shop.run.counts("avail").baseline());
        }
    }

    /** Without its second line, which has the canary's errors of all time, a page looks whole. */
    @ParameterizedTest
    @EnumSource(names = {"UNTIL_CLOSE", "HTTP_1_0"})
    void aPageThatIsCutAtALineFeedAndEndsWithItsConnectionIsNoReading(Framing framing) {
        try (var shop = new ScrapedRun(CUT)) {
            for (int i = 1; i < 200 && shop.run.isRunning(); i++) {
                String whole = page("c1", 1000 + 100 * i);
                boolean cut = i % 3 == 0;
                shop.poll(framing, cut ? whole.substring(0, whole.indexOf('\n') + 1) : whole, page("s1", 900 * i));
                if (cut) {
                    assertTrue(
                            shop.detail()
                                    .contains("127.0.0.1:" + shop.canary.port()
                                            + ": the page may be cut off: it ends with its connection and lacks 1 of the 2 series"
                                            + " of the page before"),
                            shop.detail());
                }
            }
            assertEquals(Verdict.PASS, shop.run.status().verdict(), shop::text);
            assertEquals(0, shop.run.counts("avail").canary().bad());
        }
    }

    @Test
    void theFirstPageThatIsCutAtALineFeedIsNoReadingEither() {
        try (var shop = new ScrapedRun(CUT)) {
            String whole = page("c1", 1000);
            shop.poll(Framing.UNTIL_CLOSE, whole.substring(0, whole.indexOf('\n') + 1), page("s1", 900));
            assertTrue(shop.detail().contains("the page ends with its connection"), shop.detail());
            shop.poll(Framing.UNTIL_CLOSE, whole, page("s1", 900));
            shop.poll(Framing.UNTIL_CLOSE, page("c1", 1100), page("s1", 1800));
            assertEquals(new Counts(0, 100), shop.run.counts("avail").canary(), shop::detail);
        }
    }

    @Test
    void whatAPageLacksTwiceInTurnIsGone() {
        try (var shop = new ScrapedRun(CUT)) {
            String less = page("c1", 1000);
            String more = less + "jobs{kind=\"nightly\"} 7\n";
            shop.poll(Framing.UNTIL_CLOSE, more, page("s1", 900));
            shop.poll(Framing.UNTIL_CLOSE, more, page("s1", 900));
            shop.poll(Framing.UNTIL_CLOSE, less, page("s1", 900));
            assertTrue(shop.detail().contains("may be cut off"), shop.detail());
            shop.poll(Framing.UNTIL_CLOSE, page("c1", 1100), page("s1", 1800));
            assertEquals(new Counts(0, 100), shop.run.counts("avail").canary(), shop::detail);
        }
    }

    @Test
    void aCutPageOfTheOnlyStablePodIsNoReadingAndSaysSo() {
        try (var shop = new ScrapedRun(CUT)) {
            shop.poll(Framing.WHOLE, page("c1", 100), page("s1", 900));
            String cut = page("s1", 1800);
            shop.poll(Framing.WHOLE, page("c1", 200), cut.substring(0, cut.length() - 3));
            assertEquals(new Counts(0, 0), shop.run.counts("avail").canary());
            assertEquals(new Counts(0, 0), shop.run.counts("avail").baseline());
            String missing = "source 'pods': missing 127.0.0.1:" + shop.stable.port() + ": the page is cut off";
            assertTrue(shop.detail().contains(missing), shop.detail());
            shop.poll(Framing.WHOLE, page("c1", 300), page("s1", 2700));
            assertEquals(new Counts(0, 1800), shop.run.counts("avail").baseline());
            assertEquals(new Counts(0, 200), shop.run.counts("avail").canary());
        }
    }

    @Test
    void aCarriageReturnInALabelIsPartOfIt() {
        try (var shop = new ScrapedRun("cr-in-label")) {
            String page = ScrapedRun.file("cr-in-label", "canary.prom");
            assertTrue(page.contains("\r"), "the input has lost what it is about");
            shop.poll(Framing.WHOLE, page, page("s1", 900));
            shop.poll(Framing.WHOLE, page.replace(" 1000", " 1100"), page("s1", 1800));
            assertEquals(new Counts(0, 100), shop.run.counts("avail").canary(), shop::detail);
        }
    }

    private static String page(String version, long good) {
        return """
                http_requests_total{version="%1$s",code="200"} %2$d
                http_requests_total{version="%1$s",code="500"} 123450
                """.formatted(version, good);
    }
}
