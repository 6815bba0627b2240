package dev.portcullis.analysis.fold;

import static dev.portcullis.analysis.metric.Histograms.classic;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.metric.Histograms;
import dev.portcullis.analysis.metric.ObjectiveCounters;
import dev.portcullis.analysis.metric.ObjectiveHistograms;
import dev.portcullis.analysis.metric.ObjectiveReading;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.PodHistograms;
import dev.portcullis.analysis.metric.RatioNumerator;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00.123456Z");
    private static final FoldRules RULES =
            new FoldRules(Map.of("latency", 0.3), true, Duration.ofSeconds(60), Instant.MAX);

    private final Map<String, Double> canary = new HashMap<>();
    private final Map<String, Double> baseline = new HashMap<>();
    private CounterState state = CounterState.NONE;
    private List<String> notes = List.of();
    private List<String> faults = List.of();

    @Test
    void aCanaryIsCountedFromTheFirstReadingAtOrAfterItsWarmUp() {
        canary.put("a", 5.0);
        baseline.put("b", 5.0);
        assertEquals(counts(0, 0), readingAfter(0));
        assertEquals(List.of("warming up and not counted yet: 1 pods of the canary, 0 of the baseline"), notes);
        serve(10);
        assertEquals(counts(0, 10), readingAfter(59));
        serve(10);
        assertEquals(counts(0, 10), readingAfter(60), "the starting point");
        serve(10);
        assertEquals(counts(10, 10), readingAfter(61));
        assertEquals(List.of(), notes);
    }

    @Test
    void aLateReadingIsTheStartingPointToo() {
        canary.put("a", 5.0);
        readingAfter(0);
        serve(10);
        assertEquals(counts(0, 0), readingAfter(500));
        serve(10);
        assertEquals(counts(10, 0), readingAfter(515));
    }

    @Test
    void podsThatAppearLaterWarmUpFromTheirFirstSightInEitherArm() {
        canary.put("a", 5.0);
        baseline.put("b", 5.0);
        readingAfter(0);
        readingAfter(60);
        canary.put("a2", 100.0);
        baseline.put("b2", 100.0);
        assertEquals(counts(0, 0), readingAfter(75));
        serve(10);
        assertEquals(counts(10, 10), readingAfter(90));
        serve(10);
        assertEquals(counts(10, 10), readingAfter(135));
        serve(10);
        assertEquals(counts(20, 20), readingAfter(150));
    }

    @Test
    void aPodThatVanishesWhileItWarmsUpStartsWithItsReturn() {
        canary.put("a", 5.0);
        readingAfter(0);
        canary.remove("a");
        readingAfter(60);
        canary.put("a", 50.0);
        assertEquals(counts(0, 0), readingAfter(90));
        serve(10);
        assertEquals(counts(10, 0), readingAfter(105));
    }

    @Test
    void aRestartOfAWarmPodIsCountedAtOnce() {
        canary.put("a", 500.0);
        readingAfter(0);
        readingAfter(60);
        canary.put("a", 7.0);
        assertEquals(counts(7, 0), readingAfter(75));
    }

    /** Two processes behind one address are so before and after. */
    @Test
    void aDoubtThatAroseMeanwhileGoesOnAfterwards() {
        canary.put("a", 5_000.0);
        for (int seconds = 0; seconds < 60; seconds += 5) {
            canary.put("a", (seconds / 5 % 2 == 0 ? 5_000.0 : 50_000.0) + seconds);
            readingAfter(seconds);
        }
        assertEquals(List.of(), faults, "nothing is counted anyway");
        for (int seconds = 60; seconds < 100; seconds += 5) {
            canary.put("a", 50_000.0 + seconds);
            readingAfter(seconds);
            assertEquals(seconds > 60 ? 1 : 0, faults.size(), "second " + seconds);
        }
    }

    @Test
    void withoutAWarmUpTheSecondReadingCounts() {
        FoldRules none = new FoldRules(Map.of(), true, Duration.ZERO, Instant.MAX);
        canary.put("a", 5.0);
        CounterState first =
                CounterFold.fold(CounterState.NONE, ratio(), none, BEGIN).state();
        serve(10);
        CounterFold fold = CounterFold.fold(first, ratio(), none, BEGIN);
        assertEquals(counts(10, 0), fold.increments().get("ratio").at(0));
        assertEquals(Map.of(), fold.state().warmingSince());
    }

    @Test
    void aLatencyThatCannotBeCountedYetWarmsUpAllTheSame() {
        var seen = new ObjectiveHistograms(Map.of("c", histogram(0)), Map.of());
        fold(Map.of("latency", seen), 0);
        fold(Map.of("latency", seen), 30);
        assertEquals(Map.of("canary c", BEGIN), state.warmingSince());
        fold(Map.of("latency", seen), 70);
        var whole = Histograms.both(histogram(10), histogram(100));
        fold(Map.of("latency", whole), 80);
        assertEquals(Map.of(), state.warmingSince());
        CounterFold folded = fold(Map.of("latency", Histograms.both(histogram(17), histogram(150))), 81);
        assertEquals(counts(7, 50), folded.increments().get("latency").at(0));
    }

    @Test
    void aPodWarmsUpOnceForAllItsObjectives() {
        canary.put("c", 5.0);
        baseline.put("b", 5.0);
        fold(Map.of("ratio", ratio().objectives().get("ratio")), 0);
        serve(10);
        // The histogram appears with the first request; the baseline's pod has served before, the canary's is warm by
        // then.
        Map<String, ObjectiveReading> both = Map.of(
                "ratio", ratio().objectives().get("ratio"), "latency", Histograms.both(histogram(0), histogram(100)));
        CounterFold start = fold(both, 60);
        assertEquals(counts(0, 10), start.increments().get("ratio").at(0));
        CounterFold folded = fold(Map.of("latency", Histograms.both(histogram(3), histogram(130))), 75);
        assertEquals(counts(3, 30), folded.increments().get("latency").at(0));
    }

    private static PodHistograms histogram(double requests) {
        return classic(0.1, requests, 0.3, requests, 1, requests, requests);
    }

    private void serve(double requests) {
        canary.replaceAll((pod, total) -> total + requests);
        baseline.replaceAll((pod, total) -> total + requests);
    }

    /** Requests of the canary and of the baseline. */
    private ArmCounts readingAfter(int seconds) {
        return fold(ratio().objectives(), seconds).increments().get("ratio").at(0);
    }

    /** Goes through JSON each time, as when the service is restarted between any two readings. */
    private CounterFold fold(Map<String, ? extends ObjectiveReading> objectives, int seconds) {
        CounterFold fold =
                CounterFold.fold(state, new CounterReading.Counters(objectives), RULES, BEGIN.plusSeconds(seconds));
        notes = fold.notes();
        faults = fold.faults();
        var json = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .addModule(new Jdk8Module())
                .build();
        try {
            state = json.readValue(json.writeValueAsString(fold.state()), CounterState.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
        assertEquals(fold.state(), state);
        return fold;
    }

    private CounterReading.Counters ratio() {
        return new CounterReading.Counters(
                Map.of("ratio", new ObjectiveCounters(RatioNumerator.BAD, pods(canary), pods(baseline))));
    }

    private static Map<String, PodCounters> pods(Map<String, Double> totals) {
        Map<String, PodCounters> pods = new HashMap<>();
        totals.forEach((pod, total) -> pods.put(pod, PodCounters.ofRatio(Map.of(), Map.of("all", total))));
        return pods;
    }

    private static ArmCounts counts(double canary, double baseline) {
        return new ArmCounts(new Counts(0, canary), new Counts(0, baseline));
    }
}
