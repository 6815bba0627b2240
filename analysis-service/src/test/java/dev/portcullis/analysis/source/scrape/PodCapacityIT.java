package dev.portcullis.analysis.source.scrape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.run.MeasuringStatus;
import dev.portcullis.kit.testing.CuttingHttpServer.Framing;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pods can have served, from the page to the verdict: readings 2 s apart, of a canary pod that serves 50 requests a second, and of a stable one that serves 450. */
class PodCapacityIT {
    private static final int POLLS = 280;

    private final ScrapedRun shop = new ScrapedRun("six-digits");
    private final Map<String, Double> canary = new TreeMap<>(Map.of("code=\"200\"", 0.0));
    private double stable;
    private String start = "";

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void aHistoryOfErrorsThatAppearsAtEachReadingIsHeld() {
        for (int t = 0; t < POLLS; t++) {
            serve(100, 0);
            if (t > 4) {
                canary.put("code=\"500\",path=\"/x" + t + "\"", 999.0);
            }
            poll();
            assertTrue(t < 5 || !passes(), shop::text);
        }
        assertNotEquals(Verdict.FAIL, verdict(), shop::text);
    }

    @Test
    void aHistoryOfGoodRequestsThatAppearsAtEachReadingHidesNoFailure() {
        for (int t = 0; t < POLLS && verdict() != Verdict.FAIL; t++) {
            serve(95, 5);
            if (t > 4) {
                canary.put("code=\"200\",path=\"/x" + t + "\"", 999.0);
            }
            poll();
            assertTrue(!passes(), shop::text);
        }
        assertEquals(Verdict.FAIL, verdict(), shop::text);
    }

    /** It serves nothing else, or tries again three times as often. */
    @ParameterizedTest
    @ValueSource(doubles = {100, 400, 4_000})
    void anOutageAbortsWithinAMinute(double failed) {
        outage(20, failed, 30);
        assertEquals(Verdict.FAIL, verdict(), shop::text);
    }

    /** Before it had served anything that would tell what it can serve. */
    @ParameterizedTest
    @ValueSource(doubles = {100, 4_000})
    void anOutageFromTheFirstRequestOnAbortsWithinAMinute(double failed) {
        outage(1, failed, 30);
        assertEquals(Verdict.FAIL, verdict(), shop::text);
    }

    private void outage(int before, double failed, int polls) {
        for (int t = 0; t < before; t++) {
            serve(before > 1 ? 100 : 0, 0);
            poll();
        }
        for (int t = 0; t < polls && verdict() != Verdict.FAIL; t++) {
            serve(0, failed);
            poll();
        }
    }

    /** 1,000 times as many at once, and then as before. */
    @Test
    void whatLeaptIsNotForgotten() {
        for (int t = 0; t < POLLS; t++) {
            serve(100, t == 20 ? 100_000 : 0);
            poll();
            assertTrue(t < 20 || !passes(), shop::text);
        }
        assertNotEquals(Verdict.FAIL, verdict(), shop::text);
        assertTrue(shop.detail().contains("that cannot be counted any more"), shop.detail());
    }

    /** More and more traffic goes over to the canary, with routes and codes of which nothing was seen before. */
    @Test
    void trafficThatIsShiftedIsMeasuredAllTheTime() {
        for (int t = 0; t < 120; t++) {
            double share = t < 20 ? 1 : t < 40 ? 10 : 20;
            serve(100 * share, 0);
            canary.merge("code=\"404\",path=\"/" + t / 20 + "\"", 4 * share, Double::sum);
            canary.merge("code=\"200\",path=\"/" + t / 10 + "\"", 60 * share, Double::sum);
            poll();
            assertTrue(t < 2 || isMeasured(), shop::text);
        }
        assertEquals(Verdict.PASS, verdict(), shop::text);
    }

    /** From nothing to 500 a second. */
    @Test
    void aFreshPodIsMeasuredAtOnce() {
        for (int t = 0; t < 120; t++) {
            serve(t < 3 ? 0 : 1_000, 0);
            poll();
            assertTrue(t < 4 || isMeasured(), shop::text);
        }
        assertEquals(Verdict.PASS, verdict(), shop::text);
    }

    /** A counter that is written every ten seconds. */
    @Test
    void countersThatComeInBurstsAreMeasured() {
        for (int t = 0; t < POLLS; t++) {
            serve(t % 5 == 0 ? 500 : 0, 0);
            if (t % 50 == 15) {
                canary.put("code=\"200\",path=\"/" + t + "\"", 300.0);
            }
            poll();
        }
        assertTrue(isMeasured(), shop::text);
        assertEquals(Verdict.PASS, verdict(), shop::text);
    }

    /** Every fifth page is an error. What it would have told is in the next one. */
    @Test
    void onePageInFiveThatCannotBeReadHoldsNoPassAndHidesNoFailure() {
        long failed = 0;
        for (int t = 0; t < POLLS; t++) {
            boolean unread = t % 5 == 3;
            serve(100, unread && t % 50 == 3 ? 1 : 0);
            failed += unread && t % 50 == 3 ? 1 : 0;
            poll(!unread);
        }
        assertEquals(Verdict.PASS, verdict(), shop::text);
        assertTrue(isMeasured(), shop::text);
        var counted =
                shop.run.measurement().totals().counts().get("avail").at(0).canary();
        assertEquals(failed, counted.bad());
    }

    @Test
    void failuresOnPagesThatCannotBeReadAbort() {
        for (int t = 0; t < 100 && verdict() != Verdict.FAIL; t++) {
            boolean unread = t > 20 && t % 5 != 3;
            serve(100, unread ? 10 : 0);
            poll(!unread);
        }
        assertEquals(Verdict.FAIL, verdict(), shop::text);
    }

    private void serve(double good, double failed) {
        canary.merge("code=\"200\"", good, Double::sum);
        if (failed > 0) {
            canary.merge("code=\"500\"", failed, Double::sum);
        }
        stable += 900;
    }

    private void poll() {
        poll(true);
    }

    private void poll(boolean readable) {
        var page = new StringBuilder(start);
        canary.forEach((labels, value) -> page.append("http_requests_total{version=\"c1\",")
                .append(labels)
                .append("} ")
                .append(value.longValue())
                .append('\n'));
        shop.poll(
                Framing.WHOLE,
                readable ? page.toString() : "<html>internal error</html>",
                "http_requests_total{version=\"s1\",code=\"200\"} " + (long) stable + "\n");
    }

    private Verdict verdict() {
        return shop.run.status().verdict();
    }

    private boolean isMeasured() {
        return shop.run.measurement().measuringStatus().state() == MeasuringStatus.State.MEASURING;
    }

    /** What the gate takes for leave to promote. */
    private boolean passes() {
        return verdict() == Verdict.PASS && isMeasured();
    }
}
