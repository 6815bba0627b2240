package dev.portcullis.analysis.tool.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Counters that no analysis could count, in exact words. */
class BrokenCounterDiagnosisIT {
    private static final String TOTAL = "http_requests_total";
    private static final String BROKEN = "http_requests_total{pod=\"a\",version=\"v1\",code=\"500\"} %s\n";

    @ParameterizedTest
    @CsvSource({"NaN, NaN", "-2147483000, '-2,147,483,000'", "+Inf, Infinity"})
    void aValueThatIsNoCountIsToldWithItsSeriesAndEndsNothing(String value, String told) {
        String what = "http_requests_total{code=\"500\",instance=\"%s\",pod=\"a\",version=\"v1\"} is " + told
                + ", which is not a count of requests: a release with such a series is held; fix whatever exports it, or leave it"
                + " out by a condition";
        try (var shop = new DiagnosedShop(DiagnosedShop.PAGE + BROKEN.formatted(value))) {
            assertEquals(
                    List.of(
                            "UNCOUNTABLE shop.yaml:21: errors, bad: " + what.formatted(shop.instance()),
                            "UNCOUNTABLE shop.yaml:26: errors, total: " + what.formatted(shop.instance())),
                    shop.ratio("bad", "http_requests_total{code=~\"5..\"}", TOTAL));
        }
    }

    @Test
    void aValueThatBecomesNoCountWhileItIsLookedAtIsToldToo() {
        String page = DiagnosedShop.PAGE + BROKEN;
        try (var shop = new DiagnosedShop(page.formatted("3")).becoming(page.formatted("NaN"))) {
            assertEquals(
                    List.of("UNCOUNTABLE shop.yaml:21"),
                    shop.ratio("bad", "http_requests_total{code=~\"5..\"}", TOTAL).stream()
                            .map(told -> told.substring(0, "UNCOUNTABLE shop.yaml:21".length()))
                            .toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "+Inf", "1e307"})
    void aBrokenSeriesOfNoReleaseDoesNotMatter(String value) {
        String broken = "http_requests_total{pod=\"c\",code=\"500\"} " + value + "\n";
        String page = DiagnosedShop.PAGE + broken + broken.replace("\"c\"", "\"d\"") + broken.replace("\"c\"", "\"e\"");
        try (var shop = new DiagnosedShop(page)) {
            assertEquals(
                    List.of(),
                    shop.ratio("bad", "http_requests_total{code=~\"5..\"}", TOTAL).stream()
                            .filter(told -> told.startsWith("UNCOUNTABLE") || told.startsWith("LOOK_FAILED"))
                            .toList());
        }
    }

    @Test
    void processesThatAnswerInTurnAreFoundByTheirValues() {
        String one = "# TYPE hits_total counter\nhits_total{version=\"v1\"} 1000\n";
        String other = one.replace("1000", "51000");
        try (var shop = new DiagnosedShop(one).inTurn(one, other)) {
            String instance = shop.instance();
            assertEquals(
                    List.of(
                            "SEVERAL_PROCESSES shop.yaml:26: errors, total: hits_total{instance=\"" + instance
                                    + "\",version=\"v1\"} was 1,000, 51,000, 1,000, 51,000, 1,000 in consecutive readings: no process restarts like that, so several processes, or several replicas of the source, answer in turn; a"
                                    + " release with such a pod is held; let each process be read by itself, give them a shared registry, or ask one replica"),
                    shop.ratio("bad", "hits_total{version=\"none\"}", "hits_total").stream()
                            .filter(told -> told.contains("total: "))
                            .toList());
        }
    }
}
