package dev.portcullis.analysis.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.metric.ObjectiveCounters;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.RatioNumerator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CounterFoldTest {
    private static final String SLO = "availability";
    private static final Map<String, PodCounters> NOBODY = Map.of();

    private static final FoldRules RULES = new FoldRules(Map.of(), true, Duration.ZERO, Instant.MAX);

    private CounterState state = CounterState.NONE;

    @ParameterizedTest
    @EnumSource(RatioNumerator.class)
    void theGoldenVectorOfCounterResetsComesOut(RatioNumerator numerator) throws IOException {
        JsonNode vector = goldenVector("V24-counter-resets");
        JsonNode pods = vector.path("rawCounters");
        List<List<Double>> increments = new ArrayList<>();
        for (int scrape = 0; scrape < pods.path("pod-a").size(); scrape++) {
            Map<String, PodCounters> seen = new HashMap<>();
            for (var pod : pods.properties()) {
                JsonNode counters = pod.getValue().path(scrape);
                if (!counters.isNull()) {
                    seen.put(
                            pod.getKey(),
                            pod(
                                    numerator,
                                    counters.path(0).asDouble(),
                                    counters.path(1).asDouble()));
                }
            }
            Counts counts = fold(new ObjectiveCounters(numerator, seen, NOBODY)).canary();
            increments.add(List.of(counts.bad(), counts.total()));
        }
        assertEquals(List.of(0.0, 0.0), increments.removeFirst());
        assertEquals(vector.path("expect").path("increments").toString(), whole(increments));
    }

    @Test
    void theFirstReadingIsOnlyAStartingPoint() {
        assertEquals(ArmCounts.NONE, fold(Map.of("a", bad(5, 100)), Map.of("b", bad(7, 900))));
        assertEquals(
                new ArmCounts(new Counts(1, 10), new Counts(2, 90)),
                fold(Map.of("a", bad(6, 110)), Map.of("b", bad(9, 990))));
    }

    @Test
    void aSeriesThatAppearsInAKnownPodCountsFromZero() {
        fold(Map.of("a", PodCounters.ofRatio(Map.of(), Map.of("200", 50.0))), NOBODY);
        var grown = PodCounters.ofRatio(Map.of("500", 3.0), Map.of("200", 60.0, "500", 3.0));
        assertEquals(new Counts(3, 13), fold(Map.of("a", grown), NOBODY).canary());
    }

    @Test
    void aSeriesOfTheOldProcessIsNoResetWhenItComesBackInTheNewOne() {
        fold(Map.of("a", PodCounters.ofRatio(Map.of("500", 9.0), Map.of("200", 50.0, "500", 9.0))), NOBODY);
        var restarted = PodCounters.ofRatio(Map.of(), Map.of("200", 20.0));
        assertEquals(new Counts(0, 20), fold(Map.of("a", restarted), NOBODY).canary());
        var failing = PodCounters.ofRatio(Map.of("500", 2.0), Map.of("200", 25.0, "500", 2.0));
        assertEquals(new Counts(2, 7), fold(Map.of("a", failing), NOBODY).canary());
    }

    @Test
    void aPodThatVanishedIsComparedWithItsLastValuesWhenItReturns() {
        fold(Map.of("a", bad(5, 100), "b", bad(0, 100)), NOBODY);
        assertEquals(new Counts(0, 10), fold(Map.of("b", bad(0, 110)), NOBODY).canary());
        assertEquals(
                new Counts(1, 30),
                fold(Map.of("a", bad(6, 130), "b", bad(0, 110)), NOBODY).canary());
    }

    @Test
    void aPodThatVanishedAndReturnsRestartedCountsFromZero() {
        fold(Map.of("a", bad(5, 100)), NOBODY);
        fold(NOBODY, NOBODY);
        assertEquals(new Counts(2, 40), fold(Map.of("a", bad(2, 40)), NOBODY).canary());
    }

    @Test
    void aSeriesMissingOnceHoldsItsPodUpAndNothingIsLost() {
        fold(Map.of("a", PodCounters.ofRatio(Map.of(), Map.of("200", 50.0, "404", 5.0))), NOBODY);
        fold(Map.of("a", PodCounters.ofRatio(Map.of(), Map.of("200", 60.0))), NOBODY);
        var back = PodCounters.ofRatio(Map.of(), Map.of("200", 60.0, "404", 8.0));
        assertEquals(new Counts(0, 13), fold(Map.of("a", back), NOBODY).canary());
    }

    @Test
    void goodSeenBeforeItsTotalNeitherHidesNorInventsAnError() {
        fold(Map.of("a", good(100, 100)), NOBODY);
        assertEquals(new Counts(0, 0), fold(Map.of("a", good(105, 100)), NOBODY).canary());
        assertEquals(
                new Counts(1, 16), fold(Map.of("a", good(115, 116)), NOBODY).canary());
        assertEquals(new Counts(0, 4), fold(Map.of("a", good(119, 120)), NOBODY).canary());
    }

    @Test
    void badSeenBeforeItsTotalIsCountedWithTheTotal() {
        fold(Map.of("a", bad(0, 100)), NOBODY);
        assertEquals(new Counts(2, 2), fold(Map.of("a", bad(5, 102)), NOBODY).canary());
        assertEquals(new Counts(3, 20), fold(Map.of("a", bad(5, 122)), NOBODY).canary());
        assertEquals(new Counts(0, 10), fold(Map.of("a", bad(5, 132)), NOBODY).canary());
    }

    @Test
    void anExcessOfGoodDoesNotOutliveTheProcessItBelongedTo() {
        fold(Map.of("a", good(100, 100)), NOBODY);
        fold(Map.of("a", good(105, 100)), NOBODY);
        assertEquals(new Counts(5, 10), fold(Map.of("a", good(5, 10)), NOBODY).canary());
    }

    @Test
    void aPodWithoutAnyGoodSeriesHasFailedEveryRequest() {
        Map<String, PodCounters> before = Map.of("a", PodCounters.ofRatio(Map.of(), Map.of("500", 3.0)));
        Map<String, PodCounters> after = Map.of("a", PodCounters.ofRatio(Map.of(), Map.of("500", 10.0)));
        fold(new ObjectiveCounters(RatioNumerator.GOOD, before, NOBODY));
        assertEquals(
                new Counts(7, 7),
                fold(new ObjectiveCounters(RatioNumerator.GOOD, after, NOBODY)).canary());
    }

    @Test
    void theStateSurvivesItsJson() throws IOException {
        fold(Map.of("a", good(100, 100)), Map.of("b", good(90, 100)));
        fold(Map.of("a", good(105, 100)), Map.of("b", good(90, 100)));
        ObjectMapper json = new ObjectMapper().registerModule(new Jdk8Module());
        assertEquals(state, json.readValue(json.writeValueAsString(state), CounterState.class));
    }

    private ArmCounts fold(Map<String, PodCounters> canary, Map<String, PodCounters> baseline) {
        RatioNumerator numerator =
                canary.values().stream().anyMatch(pod -> pod.parts().getFirst().containsKey("good"))
                        ? RatioNumerator.GOOD
                        : RatioNumerator.BAD;
        return fold(new ObjectiveCounters(numerator, canary, baseline));
    }

    private ArmCounts fold(ObjectiveCounters seen) {
        CounterFold fold =
                CounterFold.fold(state, new CounterReading.Counters(Map.of(SLO, seen)), RULES, Instant.EPOCH);
        state = fold.state();
        return fold.increments().get(SLO).at(0);
    }

    private static PodCounters good(double good, double total) {
        return PodCounters.ofRatio(Map.of("good", good), Map.of("total", total));
    }

    private static PodCounters bad(double bad, double total) {
        return PodCounters.ofRatio(Map.of("bad", bad), Map.of("total", total));
    }

    private static PodCounters pod(RatioNumerator numerator, double good, double bad) {
        return numerator == RatioNumerator.GOOD ? good(good, good + bad) : bad(bad, good + bad);
    }

    private static JsonNode goldenVector(String id) throws IOException {
        try (var file = CounterFoldTest.class.getResourceAsStream("/vectors.json")) {
            for (JsonNode vector : new ObjectMapper().readTree(file).path("vectors")) {
                if (vector.path("id").asText().equals(id)) {
                    return vector;
                }
            }
        }
        throw new AssertionError("no vector " + id);
    }

    private static String whole(List<List<Double>> increments) {
        return increments.toString().replace(".0", "").replace(" ", "");
    }
}
