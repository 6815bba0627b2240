package dev.portcullis.analysis.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.portcullis.analysis.evidence.Counts;
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
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CounterFoldPropertiesTest {
    private static final List<String> CODES = List.of("200", "404", "500", "503");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .build();

    private static final FoldRules RULES = new FoldRules(Map.of(), true, Duration.ZERO, Instant.MAX);

    enum Event {
        REQUESTS,
        RESTART,
        VANISH,
        RETURN,
        READING
    }

    record Step(Event event, int pod, int code, int amount) {}

    /**
     * A pod that knows which of its requests a reader of counters can know of. The first series is busy enough that a restart always
     * shows: each process begins it below where the one before began. It tells when its process was started.
     */
    private static final class Pod {
        private static final double BUSY = 100;
        private static final int MOST_RESTARTS = 1000;
        private static final int USUAL = 2000;

        private final Map<String, Double> series = new HashMap<>();
        private double unreadBad;
        private double unreadTotal;
        private int restarts;
        private boolean visible = true;
        private boolean known;

        Pod() {
            series.put("busy", busy());
        }

        void requests(String code, int amount) {
            series.merge(code, (double) amount, Double::sum);
            unreadTotal += amount;
            unreadBad += isBad(code) ? amount : 0;
        }

        /** Falls with every restart, and shows single requests. */
        private double busy() {
            return BUSY * (MOST_RESTARTS - restarts) + 1;
        }

        void restart() {
            restarts++;
            series.clear();
            series.put("busy", busy());
            unreadBad = 0;
            unreadTotal = busy();
        }

        Counts read() {
            Counts truth = known ? new Counts(unreadBad, unreadTotal) : Counts.NONE;
            known = true;
            unreadBad = 0;
            unreadTotal = 0;
            return truth;
        }

        PodCounters counters(RatioNumerator numerator) {
            Map<String, Double> bad = new HashMap<>(series);
            bad.keySet().removeIf(code -> !isBad(code));
            Map<String, Double> good = new HashMap<>(series);
            good.keySet().removeAll(bad.keySet());
            return (numerator == RatioNumerator.GOOD
                            ? PodCounters.ofRatio(good, series)
                            : PodCounters.ofRatio(bad, series))
                    .startedAt(1000 + 10.0 * restarts);
        }

        private static boolean isBad(String code) {
            return code.startsWith("5");
        }
    }

    @Property(tries = 500)
    void incrementsAreTheTruthAndARestartOfTheServiceChangesNothing(
            @ForAll("history") List<Step> history, @ForAll RatioNumerator numerator) throws JsonProcessingException {
        List<Pod> pods = List.of(new Pod(), new Pod(), new Pod());
        CounterState running = CounterState.NONE;
        CounterState restarted = CounterState.NONE;
        for (Step step : history) {
            Pod pod = pods.get(step.pod());
            switch (step.event()) {
                case REQUESTS -> pod.requests(CODES.get(step.code()), step.amount());
                case RESTART -> pod.restart();
                case VANISH -> pod.visible = false;
                case RETURN -> pod.visible = true;
                case READING -> {
                    // Of a pod that serves so much nothing that appears is a surprise.
                    pods.forEach(served -> served.requests("steady", Pod.USUAL));
                    var reading = reading(pods, numerator);
                    Counts truth =
                            pods.stream().filter(p -> p.visible).map(Pod::read).reduce(Counts.NONE, Counts::plus);
                    FoldResult fold = CounterFold.fold(running, reading, RULES, Instant.EPOCH);
                    FoldResult again = CounterFold.fold(reload(restarted), reading, RULES, Instant.EPOCH);
                    assertEquals(truth, fold.increments().get("slo").at(0).canary());
                    assertEquals(fold, again);
                    running = fold.state();
                    restarted = again.state();
                }
            }
        }
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
            FoldResult folded = fold(state, good, total - Math.min(tick.get(2), tick.get(1)));
            Counts counts = folded.increments().get("slo").at(0).canary();
            assertTrue(counts.bad() >= 0 && counts.bad() <= counts.total());
            // Of what more than a torn reading explains nothing is counted until more requests have come.
            sum = folded.faults().isEmpty() ? sum.plus(counts) : sum;
            state = folded.state();
        }
        FoldResult settled = fold(state, good + 900, total + 900);
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
            FoldResult fold = hiding(state, numerator, served, tick.get(2) % 4);
            state = fold.state();
            if (fold.faults().isEmpty()) {
                sum = sum.plus(fold.increments().get("slo").at(0).canary());
            }
            assertTrue(sum.bad() <= served.get("500") && sum.total() - sum.bad() <= served.get("200"));
        }
        FoldResult back = hiding(state, numerator, served, 2);
        assertEquals(List.of(), back.faults());
        sum = sum.plus(back.increments().get("slo").at(0).canary());
        assertEquals(new Counts(served.get("500"), served.get("200") + served.get("500")), sum);
    }

    private static FoldResult hiding(
            CounterState state, RatioNumerator numerator, Map<String, Double> served, int hidden) {
        Map<String, Double> total = new HashMap<>(served);
        total.remove(hidden == 0 ? "200" : hidden == 1 ? "500" : "none");
        Map<String, Double> part = new HashMap<>(total);
        part.remove(numerator == RatioNumerator.GOOD ? "500" : "200");
        var seen = new ObjectiveCounters(numerator, Map.of("pod", PodCounters.ofRatio(part, total)), Map.of());
        return CounterFold.fold(state, new CounterReading.Counters(Map.of("slo", seen)), RULES, Instant.EPOCH);
    }

    private static FoldResult fold(CounterState state, double good, double total) {
        PodCounters pod = PodCounters.ofRatio(Map.of("good", good), Map.of("total", total));
        var seen = new ObjectiveCounters(RatioNumerator.GOOD, Map.of("pod", pod), Map.of());
        return CounterFold.fold(state, new CounterReading.Counters(Map.of("slo", seen)), RULES, Instant.EPOCH);
    }

    private static CounterReading.Counters reading(List<Pod> pods, RatioNumerator numerator) {
        Map<String, PodCounters> seen = new HashMap<>();
        for (int i = 0; i < pods.size(); i++) {
            if (pods.get(i).visible) {
                seen.put("pod-" + i, pods.get(i).counters(numerator));
            }
        }
        return new CounterReading.Counters(Map.of("slo", new ObjectiveCounters(numerator, seen, Map.of())));
    }

    private static CounterState reload(CounterState state) throws JsonProcessingException {
        return JSON.readValue(JSON.writeValueAsString(state), CounterState.class);
    }

    @Provide
    Arbitrary<List<Step>> history() {
        Arbitrary<Event> events = Arbitraries.frequency(
                net.jqwik.api.Tuple.of(6, Event.REQUESTS),
                net.jqwik.api.Tuple.of(1, Event.RESTART),
                net.jqwik.api.Tuple.of(1, Event.VANISH),
                net.jqwik.api.Tuple.of(2, Event.RETURN),
                net.jqwik.api.Tuple.of(3, Event.READING));
        return Combinators.combine(
                        events,
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, CODES.size() - 1),
                        Arbitraries.integers().between(1, 15))
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(60);
    }

    @Provide
    Arbitrary<List<List<Integer>>> torn() {
        return Arbitraries.integers().between(0, 20).list().ofSize(3).list().ofMaxSize(30);
    }
}
