package dev.portcullis.analysis.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.metric.CounterReading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Pods that serve, restart, vanish and are read as drawn, and know which of their requests a reader of their counters can know of. */
final class DrawnPods {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .build();

    enum Event {
        REQUESTS,
        RESTART,
        VANISH,
        RETURN,
        READING
    }

    /**
     * What happens next.
     *
     * @param schema of native histograms, at a reading
     */
    record Step(Event event, int pod, Requests requests, int schema) {}

    /** Some requests of one series. */
    record Requests(String series, double latency, double amount) {}

    /**
     * One pod. One series is busy enough that a restart always shows: each process begins it below where the one before began. It tells
     * when its process was started.
     */
    static final class Pod {
        private static final double BUSY = 100;
        private static final int MOST_RESTARTS = 1000;
        private static final double FAST = 0.02;

        /** Of a pod that serves so much from one reading to the next nothing that appears is a surprise. */
        private static final Requests USUAL = new Requests("steady", FAST, 2000);

        private final Map<String, SortedMap<Double, Double>> served = new HashMap<>();
        private final List<Requests> unread = new ArrayList<>();
        private int restarts;
        private boolean visible = true;
        private boolean known;

        Pod() {
            begin();
            unread.clear();
        }

        /** The busy series falls with every restart, and is no round number, or it would be taken for a rounded one. */
        private void begin() {
            served.clear();
            unread.clear();
            serve(new Requests("busy", FAST, BUSY * (MOST_RESTARTS - restarts) + 1));
        }

        private void serve(Requests requests) {
            served.computeIfAbsent(requests.series(), series -> new TreeMap<>())
                    .merge(requests.latency(), requests.amount(), Double::sum);
            unread.add(requests);
        }

        private void restart() {
            restarts++;
            begin();
        }

        /** Since its process was started, by series and latency. */
        Map<String, SortedMap<Double, Double>> served() {
            return served;
        }

        double processStart() {
            return 1000 + 10.0 * restarts;
        }

        boolean isVisible() {
            return visible;
        }

        /** What a reader is to learn, cut by each of these. */
        List<Counts> read(List<Predicate<Requests>> bad) {
            List<Counts> truth = bad.stream()
                    .map(cut ->
                            known ? new Counts(sum(unread.stream().filter(cut)), sum(unread.stream())) : Counts.NONE)
                    .toList();
            known = true;
            unread.clear();
            return truth;
        }

        private static double sum(Stream<Requests> requests) {
            return requests.mapToDouble(Requests::amount).sum();
        }
    }

    private DrawnPods() {}

    /**
     * Lets pods do what was drawn, and folds each reading twice: by what is remembered, and by what a service that was restarted has stored of it.
     *
     * @param reading what is read of the pods; a schema comes with it
     * @param check of what the fold gave
     */
    static void run(
            List<Step> history,
            int number,
            FoldRules rules,
            BiFunction<List<Pod>, Integer, CounterReading.Counters> reading,
            BiConsumer<List<Pod>, CounterFold> check)
            throws JsonProcessingException {
        List<Pod> pods = Stream.generate(Pod::new).limit(number).toList();
        CounterState running = CounterState.NONE;
        CounterState restarted = CounterState.NONE;
        // A second from reading to reading, or a pod that was away for long would have leapt.
        Instant now = Instant.EPOCH;
        for (Step step : history) {
            Pod pod = pods.get(step.pod());
            switch (step.event()) {
                case REQUESTS -> pod.serve(step.requests());
                case RESTART -> pod.restart();
                case VANISH -> pod.visible = false;
                case RETURN -> pod.visible = true;
                case READING -> {
                    pods.forEach(serving -> serving.serve(Pod.USUAL));
                    var read = reading.apply(pods, step.schema());
                    CounterFold fold = CounterFold.fold(running, read, rules, now);
                    CounterFold again = CounterFold.fold(reload(restarted), read, rules, now);
                    assertEquals(told(fold), told(again));
                    check.accept(pods, fold);
                    running = fold.state();
                    restarted = again.state();
                    now = now.plusSeconds(1);
                }
            }
        }
    }

    /** All that a fold tells. */
    private static List<Object> told(CounterFold fold) {
        return List.of(
                fold.increments(),
                fold.canaryPods(),
                fold.baselinePods(),
                fold.state(),
                fold.faults(),
                fold.withheld(),
                fold.notes());
    }

    private static CounterState reload(CounterState state) throws JsonProcessingException {
        return JSON.readValue(JSON.writeValueAsString(state), CounterState.class);
    }

    /** The resolution of native histograms changes from reading to reading, as when libraries give it up and take it back. */
    static Arbitrary<List<Step>> histories(int pods, List<String> series, List<Double> latencies) {
        Arbitrary<Event> events = Arbitraries.frequency(
                Tuple.of(6, Event.REQUESTS),
                Tuple.of(1, Event.RESTART),
                Tuple.of(1, Event.VANISH),
                Tuple.of(2, Event.RETURN),
                Tuple.of(3, Event.READING));
        Arbitrary<Requests> requests = Combinators.combine(
                        Arbitraries.of(series),
                        Arbitraries.of(latencies),
                        Arbitraries.integers().between(1, 15))
                .as((name, latency, amount) -> new Requests(name, latency, amount));
        return Combinators.combine(
                        events,
                        Arbitraries.integers().between(0, pods - 1),
                        requests,
                        Arbitraries.integers().between(3, 8))
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(60);
    }
}
