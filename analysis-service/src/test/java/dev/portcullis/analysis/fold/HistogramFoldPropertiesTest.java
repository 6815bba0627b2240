package dev.portcullis.analysis.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.fold.DrawnPods.Pod;
import dev.portcullis.analysis.fold.DrawnPods.Step;
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
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class HistogramFoldPropertiesTest {
    private static final int PODS = 4;
    private static final FoldRules RULES = new FoldRules(Map.of("slo", 0.3), true, Duration.ZERO, Instant.MAX);
    private static final List<Double> BOUNDARIES = List.of(0.05, 0.1, 0.25, 0.5, 1.0);
    private static final List<Double> LATENCIES = List.of(0.02, 0.07, 0.2, 0.3, 0.31, 0.45, 0.9, 30.0);
    private static final List<String> SERIES = List.of("GET", "POST");
    private static final int CANARIES = 2;

    enum Kind {
        CLASSIC,
        NATIVE
    }

    @Property(tries = 500)
    void incrementsAreTheTruthAtEveryCutAndARestartOfTheServiceChangesNothing(
            @ForAll("history") List<Step> history, @ForAll Kind kind) throws JsonProcessingException {
        DrawnPods.run(history, PODS, RULES, (pods, schema) -> reading(pods, kind, schema), (pods, fold) -> {
            assertEquals(List.of(), fold.faults());
            assertTruth(pods, fold);
        });
    }

    private static void assertTruth(List<Pod> pods, CounterFold fold) {
        Buckets chosen = fold.state().buckets().get("slo");
        if (chosen == null) {
            assertTrue(fold.increments().isEmpty());
            return;
        }
        List<ArmCounts> truth =
                new ArrayList<>(Observation.nothing(chosen.boundaries().size()).cuts());
        List<Predicate<DrawnPods.Requests>> slower = chosen.boundaries().stream()
                .map(boundary -> (Predicate<DrawnPods.Requests>) requests -> requests.latency() > boundary)
                .toList();
        for (int i = 0; i < pods.size(); i++) {
            if (pods.get(i).isVisible()) {
                List<Counts> read = pods.get(i).read(slower);
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
            if (pods.get(i).isVisible()) {
                (i < CANARIES ? canary : baseline).put("pod-" + i, histograms(pods.get(i), kind, schema));
            }
        }
        return new CounterReading.Counters(Map.of("slo", new ObjectiveHistograms(canary, baseline)));
    }

    private static PodHistograms histograms(Pod pod, Kind kind, int schema) {
        Map<String, Histogram> series = new HashMap<>();
        pod.served()
                .forEach((name, latencies) ->
                        series.put(name, kind == Kind.CLASSIC ? classic(latencies) : regular(schema, latencies)));
        return new PodHistograms(series, pod.processStart());
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
                        .flatMap(latency -> Stream.of(latency.getKey(), latency.getValue()))
                        .mapToDouble(Double::doubleValue)
                        .toArray());
    }

    @Provide
    Arbitrary<List<Step>> history() {
        return DrawnPods.histories(PODS, SERIES, LATENCIES);
    }
}
