package dev.portcullis.analysis.source.scrape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.kit.testing.CuttingHttpServer.Framing;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** 500 requests a second, one in a thousand of them failing, in both versions: counted with all digits, or with six. */
class SixDigitsIT {
    private static final String FOLDER = "six-digits";
    private static final long SERVED = 2_000_012_345L;

    @Test
    void aCounterPrintedWithSixDigitsIsNamedAndNoVerdictComesOfIt() {
        try (var shop = new ScrapedRun(FOLDER)) {
            int told = 0;
            for (int i = 0; shop.run.isRunning(); i++) {
                shop.poll(Framing.WHOLE, page("c1", i, "%.5e"), page("s1", i, "%.5e"));
                assertNotEquals(Verdict.FAIL, shop.run.status().verdict(), shop::text);
                assertEquals(0, shop.run.counts("avail").canary().bad(), shop::text);
                told += shop.detail().contains("seems to move in steps of 10,000") ? 1 : 0;
            }
            assertEquals(Verdict.INCONCLUSIVE, shop.run.status().verdict(), shop::text);
            assertTrue(told > 200, "told " + told + " times");
            for (String part : new String[] {
                "http_requests_total", "code=\"200\"", "127.0.0.1:" + shop.canary.port(), "print counters in full"
            }) {
                assertTrue(shop.text().contains(part), shop::text);
            }
        }
    }

    @Test
    void theSameCountersPrintedInFullPass() {
        try (var shop = new ScrapedRun(FOLDER)) {
            for (int i = 0; shop.run.isRunning(); i++) {
                shop.poll(Framing.WHOLE, page("c1", i, "%.0f"), page("s1", i, "%.0f"));
                assertEquals("", i == 0 ? "" : shop.detail());
            }
            assertEquals(Verdict.PASS, shop.run.status().verdict(), shop::text);
        }
    }

    @Test
    void thePageOfTheFaultIsReadAsItIs() {
        try (var shop = new ScrapedRun(FOLDER)) {
            String page = ScrapedRun.file(FOLDER, "canary.prom");
            shop.poll(Framing.WHOLE, page, page("s1", 0, "%.0f"));
            shop.poll(Framing.WHOLE, page.replace("3018", "3036"), page("s1", 1, "%.0f"));
            assertTrue(
                    shop.detail()
                            .contains(
                                    "reads 2,000,010,000 and seems to move in steps of 10,000, too coarse to tell which"
                                            + " of 18 requests since the last reading failed"),
                    shop.detail());
        }
    }

    private static String page(String version, int polls, String form) {
        return String.format(
                Locale.ROOT,
                """
                http_requests_total{version="%1$s",code="200"} %2$s
                http_requests_total{version="%1$s",code="500"} %3$d
                """,
                version,
                String.format(Locale.ROOT, form, (double) (SERVED + 999L * polls)),
                3018 + polls);
    }
}
