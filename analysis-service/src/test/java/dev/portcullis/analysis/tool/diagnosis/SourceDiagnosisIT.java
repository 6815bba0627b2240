package dev.portcullis.analysis.tool.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is wrong with a source as a whole, in exact words. */
class SourceDiagnosisIT {
    private static final String TOTAL = "http_requests_total";
    private static final String GOOD = "http_requests_total{code!~\"5..\"}";

    private static List<String> answering(int status) {
        try (var shop = new DiagnosedShop("no").status(status)) {
            return shop.ratio("good", GOOD, TOTAL).stream()
                    .map(told -> told.replace(shop.instance(), "POD"))
                    .toList();
        }
    }

    @Test
    void aSourceThatIsDownIsToldOnce() {
        try (var shop = new DiagnosedShop("").down()) {
            assertEquals(
                    List.of("SOURCE_UNREACHABLE shop.yaml:1: source 'pods' cannot be reached: POD: http://POD/metrics:"
                            + " connection refused or not answered; start it, or correct its address in connectionDetails"
                            + " of its DataSource"),
                    shop.ratio("good", GOOD, TOTAL).stream()
                            .map(told -> told.replace(shop.instance(), "POD"))
                            .toList());
        }
    }

    @Test
    void aSourceThatWantsCredentialsIsToldSo() {
        assertEquals(
                List.of("SOURCE_ACCESS_REFUSED shop.yaml:1: source 'pods' refuses access: POD: status 401; give it"
                        + " credentials that may read, in connectionDetails of its DataSource"),
                answering(401));
    }

    @Test
    void aWrongPathIsToldSo() {
        assertEquals(
                List.of("SOURCE_WRONG_PATH shop.yaml:1: source 'pods' does not answer at its address: POD: status 404;"
                        + " correct the path of its address in connectionDetails of its DataSource"),
                answering(404));
    }

    @Test
    void anErrorOfTheSourceIsToldSo() {
        assertEquals(
                List.of(
                        "SOURCE_FAILS shop.yaml:1: source 'pods' answers with an error: POD: status 503; look at its own log,"
                                + " and at connectionDetails of its DataSource"),
                answering(503));
    }

    @Test
    void aPodThatCannotBeReadIsAWarningAndTheOthersAreLookedAt() {
        try (var shop = new DiagnosedShop(DiagnosedShop.PAGE);
                var gone = new DiagnosedShop("").down()) {
            var told = shop.told("""
                    apiVersion: openslo/v1
                    kind: SLO
                    metadata: {name: errors}
                    spec:
                      service: checkout
                      indicator:
                        spec:
                          ratioMetric:
                            counter: true
                            good: {metricSource: {metricSourceRef: pods, spec: {query: 'http_requests_total{code="200"}'}}}
                            total: {metricSource: {metricSourceRef: pods, spec: {query: http_requests_total}}}
                      budgetingMethod: Occurrences
                      objectives: [{target: 0.99}]
                    """, "http://" + shop.instance() + ", http://" + gone.instance());
            assertEquals(
                    "SOURCE_INCOMPLETE shop.yaml:1: warning: source 'pods' is incomplete; missing: POD: http://POD/metrics:"
                            + " connection refused or not answered; if the pod is to be judged, fix that; if it is gone,"
                            + " take it out of connectionDetails of its DataSource",
                    told.getFirst().replace(gone.instance(), "POD"));
            assertTrue(told.get(1).startsWith("STABLE_WOULD_FAIL"), told.toString());
        }
    }
}
