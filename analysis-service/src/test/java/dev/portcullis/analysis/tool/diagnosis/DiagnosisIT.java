package dev.portcullis.analysis.tool.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each finding with its exact words, made of a page that a pod serves over HTTP. */
class DiagnosisIT {
    private static final String TOTAL = "http_requests_total";
    private static final String GOOD = "http_requests_total{code!~\"5..\"}";
    private static final String BUSY = DiagnosedShop.PAGE.replace("\"200\"} 1000", "\"200\"} 4000");

    private DiagnosedShop shop = new DiagnosedShop(DiagnosedShop.PAGE).becoming(BUSY);

    @AfterEach
    void close() {
        shop.close();
    }

    private DiagnosedShop shop(String page) {
        shop.close();
        shop = new DiagnosedShop(page).becoming(page.replace("\"200\"} 1000", "\"200\"} 4000"));
        return shop;
    }

    @Test
    void whatIsWellIsToldInANote() {
        assertEquals(List.of(), shop.ratio("good", GOOD, TOTAL));
    }

    @Test
    void theNoteTellsWhatWillBeMeasured() {
        assertEquals(
                List.of(
                        "MEASURABLE shop.yaml:26: note: errors, total: 3 series of 2 pods in source 'pods', version: v1,"
                                + " 600 requests/s"),
                shop.notes("good", GOOD, TOTAL));
    }

    @Test
    void quotedNamesAreMeasuredAndTellTheArmsApart() {
        String page = """
                # TYPE "http.requests" counter
                {"http.requests","app.version"="v1",pod="a",code="200"} 1000
                {"http.requests","app.version"="v1",pod="a",code="500"} 1
                """;
        shop.close();
        shop = new DiagnosedShop(page)
                .becoming(page.replace("\"200\"} 1000", "\"200\"} 4000"))
                .armLabel("app.version");
        assertEquals(
                List.of(
                        "MEASURABLE shop.yaml:26: note: errors, total: 2 series of 1 pod in source 'pods', app.version: v1,"
                                + " 600 requests/s"),
                shop.findings("bad", "{\"http.requests\",code=\"500\"}", "{\"http.requests\"}"));
    }

    @Test
    void requestsPerSecondGoByTheTimesOfTheReadingsThemselves() {
        shop.answersIn(Duration.ofSeconds(1));
        assertEquals(
                List.of(
                        "MEASURABLE shop.yaml:26: note: errors, total: 3 series of 2 pods in source 'pods', version: v1,"
                                + " 500 requests/s"),
                shop.notes("good", GOOD, TOTAL));
    }

    @Test
    void aMetricThatDoesNotExistIsToldWithSimilarNames() {
        assertEquals(
                List.of(
                        "METRIC_MISSING shop.yaml:26: errors, total: the metric http_request_total does not exist in source"
                                + " 'pods'; similar names: http_requests_total, http_request_duration_seconds_sum; write one of"
                                + " them, or let the source read the pods that export it"),
                shop.ratio("good", GOOD, "http_request_total"));
    }

    @Test
    void aMetricUnlikeAnyOtherIsToldWithTheNumberOfThoseThereAre() {
        assertEquals(
                List.of(
                        "METRIC_MISSING shop.yaml:26: errors, total: the metric orders does not exist in source 'pods', nor"
                                + " any with a similar name among its 5; name a metric that the pods export, and let the"
                                + " source read them"),
                shop.ratio("good", GOOD, "orders"));
    }

    @Test
    void aConditionThatNoSeriesMeetsIsToldWithTheValuesThereAre() {
        assertEquals(
                List.of("CONDITION_EXCLUDES_ALL shop.yaml:21: errors, good: no series of http_requests_total has"
                        + " code=\"201\"; values of 'code' are: 200, 404; write a condition that one of them meets"),
                shop.ratio("good", "http_requests_total{code=\"201\",version!=\"v9\"}", TOTAL));
    }

    @Test
    void aLabelThatDoesNotExistIsToldWithThoseThereAre() {
        assertEquals(
                List.of("LABEL_MISSING shop.yaml:26: errors, total: no series of http_requests_total has a label"
                        + " 'service', but the query requires service=\"checkout\"; name one of the labels there are: code,"
                        + " instance, pod, version"),
                shop.ratio("good", GOOD, "http_requests_total{service=\"checkout\"}"));
    }

    @Test
    void aConditionThatLeavesOutNothingForWantOfItsLabelIsAFaultToo() {
        assertEquals(
                List.of(
                        "LABEL_MISSING shop.yaml:21: errors, good: no series of http_requests_total has a label 'cod', so"
                                + " cod!~\"5..\" leaves out nothing; name one of the labels there are: code, instance, pod,"
                                + " version"),
                shop.ratio("good", "http_requests_total{cod!~\"5..\"}", TOTAL));
    }

    @Test
    void conditionsThatExcludeAllOnlyTogetherAreToldWithWhatIsLeftWithoutEach() {
        assertEquals(
                List.of("CONDITIONS_EXCLUDE_ALL shop.yaml:21: errors, good: each condition of"
                        + " http_requests_total{code=\"404\",pod=\"b\"} is met by some series, but no series meets them all;"
                        + " without code=\"404\" there are 1; without pod=\"b\" there are 1; drop or change one of"
                        + " them"),
                shop.ratio("good", "http_requests_total{code=\"404\",pod=\"b\"}", TOTAL));
    }

    @Test
    void thatNoBadRequestWasSeenIsNoFault() {
        assertEquals(
                List.of(
                        "NO_BAD_SEEN shop.yaml:21: warning: errors, bad: no series of http_requests_total has"
                                + " code=~\"5..\"; values of 'code' are: 200, 404: fine as long as no request was bad, but otherwise none would ever be counted; write a condition that one of them meets"),
                shop.ratio("bad", "http_requests_total{code=~\"5..\"}", TOTAL));
    }

    @Test
    void anArmLabelThatIsMissingIsToldWithItsRelabellingAndWithOthers() {
        assertEquals(
                List.of("ARM_LABEL_MISSING shop.yaml:26: errors, total: no series of http_requests_total has the label"
                        + " 'rollouts_pod_template_hash', which is to tell canary from stable; their labels are: code,"
                        + " instance, pod, version; copy the pod's label rollouts-pod-template-hash into its series, with"
                        + " podTargetLabels: [rollouts-pod-template-hash] in a ServiceMonitor or PodMonitor, or in a"
                        + " scrape configuration with relabel_configs: [{source_labels:"
                        + " [__meta_kubernetes_pod_label_rollouts_pod_template_hash], target_label:"
                        + " rollouts_pod_template_hash}]; or name another in spec.arms.label: version"),
                shop.armLabel("rollouts_pod_template_hash").ratio("good", GOOD, TOTAL));
    }

    @Test
    void aLabelWhoseValuesAreHashesIsProposedWhateverItsName() {
        var page = DiagnosedShop.PAGE.replace("version=\"v1\"", "release=\"7d9c8f6b5\"");
        var told = shop(page).armLabel("arm").ratio("good", GOOD, TOTAL);
        assertEquals(1, told.size());
        assertEquals(true, told.getFirst().endsWith("; or name another in spec.arms.label: release"), told.getFirst());
    }

    @Test
    void seriesWithoutTheArmLabelAreCounted() {
        var page = DiagnosedShop.PAGE.replace("{pod=\"b\",version=\"v1\"", "{pod=\"b\"");
        assertEquals(
                List.of(
                        "ARM_LABEL_INCOMPLETE shop.yaml:26: warning: errors, total: 1 of 3 series have no label 'version':"
                                + " what they count belongs to no release; exclude them by a condition, or give them the label: copy"
                                + " the pod's label version into its series, with podTargetLabels: [version] in a ServiceMonitor"
                                + " or PodMonitor, or in a scrape configuration with relabel_configs: [{source_labels:"
                                + " [__meta_kubernetes_pod_label_version], target_label: version}]",
                        "NO_TRAFFIC shop.yaml:34: warning: no request to 'checkout' was counted while it was being observed; send"
                                + " it some: without requests every release is held until its deadline"),
                shop(page).ratio("good", GOOD, TOTAL));
    }

    @Test
    void anErrorCounterOfItsOwnWithoutTheArmLabelIsAFault() {
        var page = DiagnosedShop.PAGE + "errors_total{pod=\"a\"} 5\nerrors_total{pod=\"b\"} 7\n";
        var told = shop(page).ratio("bad", "errors_total", TOTAL);
        assertEquals(1, told.size(), told::toString);
        assertEquals(
                "ARM_LABEL_MISSING shop.yaml:21: errors, bad: no series of errors_total has the label 'version', which is to"
                        + " tell canary from stable; their labels are: instance, pod",
                told.getFirst()
                        .substring(0, told.getFirst().indexOf("; copy the pod's label version into its series")));
    }

    @Test
    void anErrorCounterOfItsOwnSomeOfWhichLacksTheArmLabelIsToldOnce() {
        var page = DiagnosedShop.PAGE + "errors_total{pod=\"a\",version=\"v1\"} 5\nerrors_total{pod=\"b\"} 7\n";
        var told = shop(page).ratio("bad", "errors_total", TOTAL);
        assertEquals(
                "ARM_LABEL_INCOMPLETE shop.yaml:21: warning: errors, bad: 1 of 2 series have no label 'version': what they"
                        + " count belongs to no release",
                told.getFirst().substring(0, told.getFirst().indexOf("; exclude them")));
    }

    @Test
    void anArmLabelThatNamesPodsIsRefused() {
        var page = DiagnosedShop.PAGE + "http_requests_total{pod=\"c\",version=\"v1\",code=\"200\"} 5\n";
        assertEquals(
                List.of(
                        "ARM_LABEL_PER_POD shop.yaml:26: errors, total: the label 'pod' has a different value for each of 3 pods, so it names pods, not versions: a, b, c; name in spec.arms.label one that all pods of a"
                                + " version share, such as rollouts_pod_template_hash"),
                shop(page).armLabel("pod").ratio("good", GOOD, TOTAL));
    }

    @Test
    void podsThatTheTotalLacksAreNamed() {
        assertEquals(
                List.of(
                        "TOTAL_LACKS_PODS shop.yaml:21: errors, good: good requests are counted for 1 pod, but no total ones:"
                                + " a; good has the labels code, instance, pod, version, total code, instance, pod, version; let"
                                + " both queries select counters with the same labels namespace, pod and instance"),
                shop.ratio("good", GOOD, "http_requests_total{pod=\"b\"}"));
    }

    @Test
    void podsWithoutAGoodRequestAreNamed() {
        assertEquals(
                List.of(
                        "GOOD_LACKS_PODS shop.yaml:21: warning: errors, good: no good request is counted for 1 pod: b:"
                                + " all of their requests count as bad; if they serve good requests, let the query for"
                                + " good ones select their series",
                        "STABLE_WOULD_FAIL shop.yaml:26: errors, total: version 'v1' had 50 % bad requests"
                                + " since its pods were started, 50 times what the target of 99 % allows; the FAIL limit"
                                + " is 2 times, so no canary as good as it would be promoted; fix the service, or set a"
                                + " target it can meet, below 50 %, in place of 99 %"),
                shop.ratio("good", "http_requests_total{pod=\"a\"}", TOTAL));
    }

    @Test
    void aPartThatIsMoreThanTheTotalIsNoPart() {
        assertEquals(
                List.of(
                        "PART_EXCEEDS_TOTAL shop.yaml:21: errors, good: pod a has 1,000 good requests, but 900 in total;"
                                + " let good select a subset of what total selects"),
                shop.ratio("good", TOTAL, "http_requests_total{code=\"200\"}"));
    }
}
