package dev.portcullis.analysis.tool.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the version that runs now and its traffic mean for a canary, in exact words. */
class TrafficDiagnosisIT {
    private static final String TOTAL = "requests_total";
    private static final String BAD = "requests_total{code=\"500\"}";

    private static String page(long good, long bad) {
        return """
                # TYPE requests_total counter
                requests_total{version="v1",code="200"} %d
                requests_total{version="v1",code="500"} %d
                """.formatted(good, bad);
    }

    private static List<String> told(String page, String later) {
        try (var shop = new DiagnosedShop(page).becoming(later)) {
            return shop.ratio("bad", BAD, TOTAL);
        }
    }

    @Test
    void anObjectiveThatTodaysVersionWouldFailIsAFault() {
        assertEquals(
                List.of("STABLE_WOULD_FAIL shop.yaml:26: errors, total: version 'v1' had 4.1 % bad requests"
                        + " since its pods were started, 4.1 times what the target of 99 % allows; the FAIL limit is 2"
                        + " times, so no canary as good as it would be promoted; fix the service, or set a target it"
                        + " can meet, below 95.9 %, in place of 99 %"),
                told(page(95_900, 4_100), page(99_900, 4_100)));
    }

    @Test
    void anObjectiveThatTodaysVersionDoesNotKeepIsAWarning() {
        assertEquals(
                List.of("STABLE_OVER_BUDGET shop.yaml:26: warning: errors, total: version 'v1' had 1.5 % bad"
                        + " requests since its pods were started, 1.5 times what the target of 99 % allows: below the"
                        + " FAIL limit of 2 times, but a canary as good as it spends the error budget; fix the service,"
                        + " or set a target it can meet, below 98.5 %, in place of 99 %"),
                told(page(98_500, 1_500), page(99_900, 1_500)));
    }

    @Test
    void aFewBadRequestsMayBeChance() {
        assertEquals(List.of(), told(page(91, 9), page(9_091, 9)));
    }

    @Test
    void trafficThatCannotBringAPassIsToldWithWhatItTakes() {
        assertEquals(
                List.of(
                        "TOO_LITTLE_TRAFFIC shop.yaml:34: warning: at 0.2 requests/s, a canary with 10 % of them gets 72 in"
                                + " the 1 h to the deadline, and a PASS for 'errors' takes 1,400 even without a bad one: it would"
                                + " stay undecided; set analysis.deadline beyond 18 h 30 min, or see what each setting does:"
                                + " ./portcullis check DIR --rps 0.02"),
                told(page(10_000, 0), page(10_001, 0)));
    }

    @Test
    void aLargerShareOfTheTrafficIsProposedWhereItWouldDo() {
        assertEquals(
                List.of(
                        "TOO_LITTLE_TRAFFIC shop.yaml:34: warning: at 2 requests/s, a canary with 10 % of them gets 720 in"
                                + " the 1 h to the deadline, and a PASS for 'errors' takes 2,300 even without a bad one: it would"
                                + " stay undecided; give the canary 32 % of them, set analysis.deadline beyond 3 h 9 min, or see"
                                + " what each setting does: ./portcullis check DIR --rps 0.2"),
                told(page(10_000, 0), page(10_010, 0)));
    }

    @Test
    void noTrafficIsAWarning() {
        assertEquals(
                List.of(
                        "NO_TRAFFIC shop.yaml:34: warning: no request to 'checkout' was counted while it was being observed; send"
                                + " it some: without requests every release is held until its deadline"),
                told(page(10_000, 0), page(10_000, 0)));
    }
}
