package dev.portcullis.analysis.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.fold.DrawnPods.Pod;
import dev.portcullis.analysis.fold.DrawnPods.Step;
import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.metric.ObjectiveCounters;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.RatioNumerator;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CounterFoldPropertiesTest {
    private static final List<String> CODES = List.of("200", "404", "500", "503");
    private static final int PODS = 3;
    private static final FoldRules RULES = new FoldRules(Map.of(), true, Duration.ZERO, Instant.MAX);

    @Property(tries = 500)
    void incrementsAreTheTruthAndARestartOfTheServiceChangesNothing(
            @ForAll("history") List<Step> history, @ForAll RatioNumerator numerator) throws JsonProcessingException {
        DrawnPods.run(
                history,
                PODS,
                RULES,
                (pods, schema) -> reading(pods, numerator),
                (pods, fold) -> assertEquals(
                        truth(pods), fold.increments().get("slo").at(0).canary()));
    }

    private static Counts truth(List<Pod> pods) {
        return pods.stream()
                .filter(Pod::isVisible)
                .map(pod ->
                        pod.read(List.of(requests -> isBad(requests.series()))).getFirst())
                .reduce(Counts.NONE, Counts::plus);
    }

    private static boolean isBad(String code) {
        return code.startsWith("5");
    }

    @Property(tries = 500)
    void tornReadingsNeitherLoseNorInventErrorsInTheLongRun(@ForAll("torn") List<List<Integer>> ticks) {
        double good = 0;
        double total = 0;
        double bad = 0;
        Counts sum = Counts.NONE;
        CounterState state = fold(CounterState.NONE, 0, 0).state();
        for (List<Integer> tick : ticks) {
            bad += tick.get(0);
            good += tick.get(1);
            total += tick.get(0) + tick.get(1);
            // total is read a little earlier than good, so some good requests are not in it yet
            CounterFold folded = fold(state, good, total - Math.min(tick.get(2), tick.get(1)));
            Counts counts = folded.increments().get("slo").at(0).canary();
            assertTrue(counts.bad() >= 0 && counts.bad() <= counts.total());
            // Of what more than a torn reading explains nothing is counted until more requests have come.
            sum = folded.faults().isEmpty() ? sum.plus(counts) : sum;
            state = folded.state();
        }
        CounterFold settled = fold(state, good + 900, total + 900);
        assertEquals(List.of(), settled.faults());
        sum = sum.plus(settled.increments().get("slo").at(0).canary());
        assertEquals(new Counts(bad, total + 900), sum);
    }

    /** Ticks of good requests, failed ones, and which of their counters is not on the page: 0 for that of good ones, 1 of failed ones, otherwise none. */
    @Property(tries = 500)
    void whileASeriesIsAwayNoRequestIsLostAndNoneInvented(
            @ForAll("torn") List<List<Integer>> ticks, @ForAll RatioNumerator numerator) {
        Map<String, Double> served = new HashMap<>(Map.of("200", 0.0, "500", 0.0));
        Counts sum = Counts.NONE;
        CounterState state = hiding(CounterState.NONE, numerator, served, 2).state();
        for (List<Integer> tick : ticks) {
            served.merge("200", (double) tick.get(0), Double::sum);
            served.merge("500", (double) tick.get(1), Double::sum);
            CounterFold fold = hiding(state, numerator, served, tick.get(2) % 4);
            state = fold.state();
            if (fold.faults().isEmpty()) {
                sum = sum.plus(fold.increments().get("slo").at(0).canary());
            }
            assertTrue(sum.bad() <= served.get("500") && sum.total() - sum.bad() <= served.get("200"));
        }
        CounterFold back = hiding(state, numerator, served, 2);
        assertEquals(List.of(), back.faults());
        sum = sum.plus(back.increments().get("slo").at(0).canary());
        assertEquals(new Counts(served.get("500"), served.get("200") + served.get("500")), sum);
    }

    private static CounterFold hiding(
            CounterState state, RatioNumerator numerator, Map<String, Double> served, int hidden) {
        Map<String, Double> total = new HashMap<>(served);
        total.remove(hidden == 0 ? "200" : hidden == 1 ? "500" : "none");
        Map<String, Double> part = new HashMap<>(total);
        part.remove(numerator == RatioNumerator.GOOD ? "500" : "200");
        var seen = new ObjectiveCounters(numerator, Map.of("pod", PodCounters.ofRatio(part, total)), Map.of());
        return CounterFold.fold(state, new CounterReading.Counters(Map.of("slo", seen)), RULES, Instant.EPOCH);
    }

    private static CounterFold fold(CounterState state, double good, double total) {
        PodCounters pod = PodCounters.ofRatio(Map.of("good", good), Map.of("total", total));
        var seen = new ObjectiveCounters(RatioNumerator.GOOD, Map.of("pod", pod), Map.of());
        return CounterFold.fold(state, new CounterReading.Counters(Map.of("slo", seen)), RULES, Instant.EPOCH);
    }

    private static CounterReading.Counters reading(List<Pod> pods, RatioNumerator numerator) {
        Map<String, PodCounters> seen = new HashMap<>();
        for (int i = 0; i < pods.size(); i++) {
            if (pods.get(i).isVisible()) {
                seen.put("pod-" + i, counters(pods.get(i), numerator));
            }
        }
        return new CounterReading.Counters(Map.of("slo", new ObjectiveCounters(numerator, seen, Map.of())));
    }

    private static PodCounters counters(Pod pod, RatioNumerator numerator) {
        Map<String, Double> total = new HashMap<>();
        pod.served().forEach((code, requests) -> requests.values()
                .forEach(amount -> total.merge(code, amount, Double::sum)));
        Map<String, Double> part = new HashMap<>(total);
        part.keySet().removeIf(code -> isBad(code) == (numerator == RatioNumerator.GOOD));
        return PodCounters.ofRatio(part, total).startedAt(pod.processStart());
    }

    @Provide
    Arbitrary<List<Step>> history() {
        return DrawnPods.histories(PODS, CODES, List.of(0.1));
    }

    @Provide
    Arbitrary<List<List<Integer>>> torn() {
        return Arbitraries.integers().between(0, 20).list().ofSize(3).list().ofMaxSize(30);
    }
}
