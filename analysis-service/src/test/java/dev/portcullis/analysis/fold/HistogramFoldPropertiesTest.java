package dev.portcullis.analysis.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.metric.Buckets;
import dev.portcullis.analysis.metric.ClassicHistogram;
import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.metric.Histogram;
import dev.portcullis.analysis.metric.Histograms;
import dev.portcullis.analysis.metric.ObjectiveHistograms;
import dev.portcullis.analysis.metric.PodHistograms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class HistogramFoldPropertiesTest {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .build();
    private static final FoldRules RULES = new FoldRules(Map.of("slo", 0.3), true, Duration.ZERO, Instant.MAX);
    private static final List<Double> BOUNDARIES = List.of(0.05, 0.1, 0.25, 0.5, 1.0);
    private static final List<Double> LATENCIES = List.of(0.02, 0.07, 0.2, 0.3, 0.31, 0.45, 0.9, 30.0);
    private static final List<String> SERIES = List.of("GET", "POST");
    private static final int CANARIES = 2;

    enum Kind {
        CLASSIC,
        NATIVE
    }

    enum Event {
        REQUESTS,
        RESTART,
        VANISH,
        RETURN,
        READING
    }

    record Step(Event event, int pod, int series, double latency, int amount, int schema) {}

    /**
     * A pod that knows which of its requests a reader of histograms can know of. One series is busy enough that a restart always shows:
     * each process begins it below where the one before began. It tells when its process was started.
     */
    private static final class Pod {
        private static final double BUSY = 100;
        private static final int MOST_RESTARTS = 1000;
        private static final int USUAL = 2000;

        private final Map<String, Map<Double, Double>> served = new HashMap<>();
        private final Map<Double, Double> unread = new TreeMap<>();
        private int restarts;
        private boolean visible = true;
        private boolean known;

        Pod() {
            served.put("busy", new TreeMap<>(Map.of(0.02, busy(0))));
        }

        /** Not a round number, or it would be taken for a rounded one. */
        private static double busy(int restarts) {
            return BUSY * (MOST_RESTARTS - restarts) + 1;
        }

        void requests(String series, double latency, double amount) {
            served.computeIfAbsent(series, s -> new TreeMap<>()).merge(latency, amount, Double::sum);
            unread.merge(latency, amount, Double::sum);
        }

        void restart() {
            restarts++;
            served.clear();
            unread.clear();
            requests("busy", 0.02, busy(restarts));
        }

        /** What a reader is to learn, at each boundary. */
        List<Counts> read(List<Double> boundaries) {
            List<Counts> truth = boundaries.stream()
                    .map(boundary -> known ? slowerThan(boundary) : Counts.NONE)
                    .toList();
            known = true;
            unread.clear();
            return truth;
        }

        private Counts slowerThan(double boundary) {
            double slow = 0;
            double all = 0;
            for (var latency : unread.entrySet()) {
                all += latency.getValue();
                slow += latency.getKey() > boundary ? latency.getValue() : 0;
            }
            return new Counts(slow, all);
        }

        PodHistograms histograms(Kind kind, int schema) {
            Map<String, Histogram> series = new HashMap<>();
            served.forEach((name, latencies) ->
                    series.put(name, kind == Kind.CLASSIC ? classic(latencies) : regular(schema, latencies)));
            return new PodHistograms(series, 1000 + 10.0 * restarts);
        }

        private static Histogram classic(Map<Double, Double> latencies) {
            TreeMap<Double, Double> buckets = new TreeMap<>();
            List<Double> all = new ArrayList<>(BOUNDARIES);
            all.add(Double.POSITIVE_INFINITY);
            for (double boundary : all) {
                buckets.put(
                        boundary,
                        latencies.entrySet().stream()
                                .filter(latency -> latency.getKey() <= boundary)
                                .mapToDouble(Map.Entry::getValue)
                                .sum());
            }
            return new ClassicHistogram(buckets);
        }

        private static Histogram regular(int schema, Map<Double, Double> latencies) {
            return Histograms.observed(
                    schema,
                    latencies.entrySet().stream()
                            .flatMap(latency -> java.util.stream.Stream.of(latency.getKey(), latency.getValue()))
                            .mapToDouble(Double::doubleValue)
                            .toArray());
        }
    }

    @Property(tries = 500)
    void incrementsAreTheTruthAtEveryCutAndARestartOfTheServiceChangesNothing(
            @ForAll("history") List<Step> history, @ForAll Kind kind) throws JsonProcessingException {
        List<Pod> pods = List.of(new Pod(), new Pod(), new Pod(), new Pod());
        CounterState running = CounterState.NONE;
        CounterState restarted = CounterState.NONE;
        for (Step step : history) {
            Pod pod = pods.get(step.pod());
            switch (step.event()) {
                case REQUESTS -> pod.requests(SERIES.get(step.series()), step.latency(), step.amount());
                case RESTART -> pod.restart();
                case VANISH -> pod.visible = false;
                case RETURN -> pod.visible = true;
                case READING -> {
                    // Of a pod that serves so much nothing that appears is a surprise.
                    pods.forEach(served -> served.requests("steady", 0.02, Pod.USUAL));
                    var reading = reading(pods, kind, step.schema());
                    FoldResult fold = CounterFold.fold(running, reading, RULES, Instant.EPOCH);
                    FoldResult again = CounterFold.fold(reload(restarted), reading, RULES, Instant.EPOCH);
                    assertEquals(fold, again);
                    assertEquals(List.of(), fold.faults());
                    assertTruth(pods, fold);
                    running = fold.state();
                    restarted = again.state();
                }
            }
        }
    }

    private static void assertTruth(List<Pod> pods, FoldResult fold) {
        Buckets chosen = fold.state().buckets().get("slo");
        if (chosen == null) {
            assertTrue(fold.increments().isEmpty());
            return;
        }
        List<ArmCounts> truth =
                new ArrayList<>(Observation.nothing(chosen.boundaries().size()).cuts());
        for (int i = 0; i < pods.size(); i++) {
            if (pods.get(i).visible) {
                List<Counts> read = pods.get(i).read(chosen.boundaries());
                for (int cut = 0; cut < read.size(); cut++) {
                    Counts counts = read.get(cut);
                    truth.set(
                            cut,
                            truth.get(cut)
                                    .plus(
                                            i < CANARIES
                                                    ? ArmCounts.ofCanary(counts)
                                                    : new ArmCounts(Counts.NONE, counts)));
                }
            }
        }
        assertEquals(truth, fold.increments().get("slo").cuts());
    }

    private static CounterReading.Counters reading(List<Pod> pods, Kind kind, int schema) {
        Map<String, PodHistograms> canary = new HashMap<>();
        Map<String, PodHistograms> baseline = new HashMap<>();
        for (int i = 0; i < pods.size(); i++) {
            if (pods.get(i).visible) {
                (i < CANARIES ? canary : baseline).put("pod-" + i, pods.get(i).histograms(kind, schema));
            }
        }
        return new CounterReading.Counters(Map.of("slo", new ObjectiveHistograms(canary, baseline)));
    }

    private static CounterState reload(CounterState state) throws JsonProcessingException {
        return JSON.readValue(JSON.writeValueAsString(state), CounterState.class);
    }

    /** The resolution of native histograms changes from reading to reading, as when libraries give it up and take it back. */
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
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, SERIES.size() - 1),
                        Arbitraries.of(LATENCIES),
                        Arbitraries.integers().between(1, 15),
                        Arbitraries.integers().between(3, 8))
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(60);
    }
}
