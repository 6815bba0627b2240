package dev.portcullis.analysis.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.query.Arm;
import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.query.SeriesQuery;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.analysis.slo.Severity;
import dev.portcullis.analysis.source.Readings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SourceCounterReaderTest {
    private static final Selector ANY = Selector.parse("any");
    private static final Arms ARMS = new Arms("hash", "new", "old");
    private static final Objective AVAILABILITY = objective("availability", "one", "errors_total", "requests_total");
    private static final Objective LATENCY = objective("latency", "one", "slow_total", "requests_total");
    private static final Objective ELSEWHERE = objective("elsewhere", "two", "errors_total", "requests_total");

    private final Map<String, Map<Selector, SourceReading>> readings = new HashMap<>();
    private final List<List<Selector>> asked = new ArrayList<>();

    @Test
    void podsAreKnownByTheLabelsTheyHaveAndSeriesByTheRest() {
        sees(
                "one",
                "errors_total",
                List.of(sample(2, "errors_total", "hash", "new", "pod", "a", "namespace", "shop", "code", "500")),
                "requests_total",
                List.of(
                        sample(9, "requests_total", "hash", "new", "pod", "a", "namespace", "shop", "code", "500"),
                        sample(7, "requests_total", "hash", "new", "pod", "a", "namespace", "shop", "code", "200"),
                        sample(5, "requests_total", "hash", "old", "instance", "b:1"),
                        sample(3, "requests_total", "hash", "old"),
                        sample(1, "requests_total", "hash", "other")));
        var counters = (ObjectiveCounters) counters(read(AVAILABILITY)).get("availability");
        assertEquals(
                Map.of(
                        "{namespace=\"shop\",pod=\"a\"}",
                        PodCounters.ofRatio(
                                Map.of("{__name__=\"errors_total\",code=\"500\"}", 2.0),
                                Map.of(
                                        "{__name__=\"requests_total\",code=\"500\"}", 9.0,
                                        "{__name__=\"requests_total\",code=\"200\"}", 7.0))),
                counters.canary());
        assertEquals(
                Map.of(
                        "{instance=\"b:1\"}", total("{__name__=\"requests_total\"}", 5),
                        "{}", total("{__name__=\"requests_total\"}", 3)),
                counters.baseline());
    }

    @Test
    void armsMayBeToldByDifferentLabelsAndAPodOfBothIsTheCanarys() {
        sees(
                "one",
                "requests_total",
                List.of(
                        sample(9, "requests_total", "hash", "new", "role", "twin", "pod", "a"),
                        sample(5, "requests_total", "hash", "old", "role", "twin", "pod", "b"),
                        sample(3, "requests_total", "hash", "old", "role", "other", "pod", "c")));
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var arms = new Arms(new Arm("hash", "new"), new Arm("role", "twin"));
            var reading = Readings.of(new SourceCounterReader(this::source, executor), List.of(AVAILABILITY), arms);
            var counters = (ObjectiveCounters) counters(reading).get("availability");
            assertEquals(Map.of("{pod=\"a\"}", total("{__name__=\"requests_total\"}", 9)), counters.canary());
            assertEquals(Map.of("{pod=\"b\"}", total("{__name__=\"requests_total\"}", 5)), counters.baseline());
        }
    }

    @Test
    void aQueryThatTwoObjectivesShareIsAskedOnce() {
        sees("one");
        read(AVAILABILITY, LATENCY);
        assertEquals(
                List.of(List.of(
                        Selector.parse("errors_total"),
                        Selector.parse("requests_total"),
                        Selector.parse("slow_total"))),
                asked);
    }

    @Test
    void whatIsNoCountIsAFaultWithItsObjectiveSeriesAndValue() {
        List<Sample> odd = new ArrayList<>();
        double[] values = {Double.NaN, Double.POSITIVE_INFINITY, -1, 1e300, 4};
        for (int i = 0; i < values.length; i++) {
            odd.add(sample(values[i], "requests_total", "hash", "new", "code", String.valueOf(i)));
        }
        odd.add(sample(4, "requests_total", "hash", "new", "code", "4"));
        odd.add(sample(5, "requests_total", "hash", "new", "code", "4"));
        odd.add(sample(Double.NaN, "requests_total", "hash", "older"));
        sees("one", "requests_total", odd);
        var reading = assertInstanceOf(CounterReading.Counters.class, read(AVAILABILITY));
        String of = "objective 'availability': requests_total{code=\"%s\",hash=\"new\"} ";
        String noCount = ", which is not a count of requests; fix whatever exports it";
        assertEquals(
                List.of(
                        of.formatted(0) + "is NaN" + noCount,
                        of.formatted(1) + "is Infinity" + noCount,
                        of.formatted(2) + "is -1" + noCount,
                        of.formatted(3) + "is 1.0E300" + noCount,
                        of.formatted(4) + "was given twice, as 4 and as 5"),
                reading.faults());
    }

    @Test
    void aPodWithoutTotalIsAFaultOnceItCountedAnything() {
        sees(
                "one",
                "errors_total",
                List.of(
                        sample(3, "errors_total", "hash", "new", "pod", "a"),
                        sample(0, "errors_total", "hash", "new", "pod", "b")),
                "requests_total",
                List.of(sample(7, "requests_total", "hash", "new", "instance", "a:80")));
        assertEquals(
                List.of(
                        "objective 'availability': pod {pod=\"a\"} has counted 3 bad requests and has no total; let both"
                                + " queries select counters with the same labels namespace, pod and instance"),
                assertInstanceOf(CounterReading.Counters.class, read(AVAILABILITY))
                        .faults());
    }

    @Test
    void oneUnreachableSourceMakesTheWholeReadingUnreachable() {
        sees("one");
        gives("two", new SourceReading.Unreachable("connection refused"));
        assertEquals(new CounterReading.Unreachable("source 'two': connection refused"), read(AVAILABILITY, ELSEWHERE));
    }

    @Test
    void severalSourcesAreReadTogether() {
        sees("one", "requests_total", List.of(sample(1, "requests_total", "hash", "new")));
        sees("two", "requests_total", List.of(sample(2, "requests_total", "hash", "new")));
        assertEquals(
                List.of("availability", "elsewhere"),
                counters(read(AVAILABILITY, ELSEWHERE)).keySet().stream()
                        .sorted()
                        .toList());
    }

    @Test
    void aReadingReachesAsFarAsTheArmAndTheSourceThatReachLeast() {
        Sample canary = sample(1, "requests_total", "hash", "new", "pod", "a");
        Sample other = sample(1, "requests_total", "hash", "new", "pod", "b");
        Sample baseline = sample(1, "requests_total", "hash", "old");
        sees("one", "requests_total", List.of(canary, baseline));
        assertNull(moment(AVAILABILITY), "nothing told");
        sees("one", "requests_total", List.of(canary.at(second(50)), other.at(second(20)), baseline.at(second(60))));
        assertEquals(second(50), moment(AVAILABILITY));
        sees(
                "one",
                "requests_total",
                List.of(
                        canary.at(second(50)),
                        sample(3, "requests_total", "hash", "other").at(second(1))));
        assertEquals(second(50), moment(AVAILABILITY), "the other arm has nothing");
        sees("two", "requests_total", List.of(canary.at(second(30)), baseline.at(second(45))));
        assertEquals(second(30), moment(AVAILABILITY, ELSEWHERE));
    }

    /** An error is rare, and of deltas there is a sample only when one happened. */
    @Test
    void aSeriesThatStandsStillBesideOthersOfItsArmHoldsNothingUp() {
        Sample total = sample(1, "requests_total", "hash", "new").at(second(50));
        Sample errors = sample(1, "errors_total", "hash", "new").at(second(5));
        sees("one", "requests_total", List.of(total), "errors_total", List.of(errors));
        assertEquals(second(50), moment(AVAILABILITY));
    }

    private static Instant second(int second) {
        return Instant.ofEpochSecond(second);
    }

    private @Nullable Instant moment(Objective... objectives) {
        return assertInstanceOf(CounterReading.Counters.class, read(objectives)).moment();
    }

    @Test
    void missingTargetsMatterOnlyWhenNothingOfTheCanaryIsSeen() {
        List<Sample> baseline = List.of(sample(1, "requests_total", "hash", "old"));
        gives("one", new SourceReading.Series(baseline, List.of("10.0.0.1:80: status 500")));
        var unreachable = assertInstanceOf(CounterReading.Unreachable.class, read(AVAILABILITY));
        assertTrue(unreachable.detail().contains("10.0.0.1:80: status 500"), unreachable.detail());

        List<Sample> both = List.of(baseline.getFirst(), sample(1, "requests_total", "hash", "new"));
        gives("one", new SourceReading.Series(both, List.of("10.0.0.1:80: status 500")));
        var counters = assertInstanceOf(CounterReading.Counters.class, read(AVAILABILITY));
        assertEquals(List.of("source 'one': missing 10.0.0.1:80: status 500"), counters.notes());
    }

    @Test
    void aSourceThatLeftTheConfigurationOrBreaksIsUnreachable() {
        var gone = assertInstanceOf(CounterReading.Unreachable.class, read(AVAILABILITY));
        assertEquals("source 'one': it is no longer in the configuration", gone.detail());
        CounterSource broken = (queries, moment) -> {
            throw new IllegalStateException("a defect\nof two lines");
        };
        var reader = new SourceCounterReader(name -> Optional.of(broken), Runnable::run);
        var unreachable =
                assertInstanceOf(CounterReading.Unreachable.class, Readings.of(reader, List.of(AVAILABILITY), ARMS));
        assertEquals(1, unreachable.detail().lines().count());
    }

    private CounterReading read(Objective... objectives) {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            return Readings.of(new SourceCounterReader(this::source, executor), List.of(objectives), ARMS);
        }
    }

    private Optional<CounterSource> source(String name) {
        return Optional.ofNullable(readings.get(name)).map(bySelector -> (queries, moment) -> {
            List<Selector> selectors =
                    queries.stream().map(SeriesQuery::selector).toList();
            synchronized (asked) {
                asked.add(selectors);
            }
            return selectors.stream()
                    .map(selector -> bySelector.getOrDefault(
                            selector, bySelector.getOrDefault(ANY, new SourceReading.Series(List.of(), List.of()))))
                    .toList();
        });
    }

    private void gives(String source, SourceReading toEachQuery) {
        readings.put(source, Map.of(ANY, toEachQuery));
    }

    private void sees(String source) {
        readings.put(source, Map.of());
    }

    private void sees(String source, String metric, List<Sample> samples) {
        readings.put(source, Map.of(Selector.parse(metric), new SourceReading.Series(samples, List.of())));
    }

    private void sees(String source, String metric, List<Sample> samples, String other, List<Sample> others) {
        readings.put(
                source,
                Map.of(
                        Selector.parse(metric), new SourceReading.Series(samples, List.of()),
                        Selector.parse(other), new SourceReading.Series(others, List.of())));
    }

    private static Map<String, ? extends ObjectiveReading> counters(CounterReading reading) {
        return assertInstanceOf(CounterReading.Counters.class, reading).objectives();
    }

    private static PodCounters total(String series, double value) {
        return PodCounters.ofRatio(Map.of(), Map.of(series, value));
    }

    private static Sample sample(double value, String name, String... labels) {
        Map<String, String> all = new HashMap<>(Map.of("__name__", name));
        for (int i = 0; i < labels.length; i += 2) {
            all.put(labels[i], labels[i + 1]);
        }
        return new Sample(all, value);
    }

    private static Objective objective(String name, String source, String bad, String total) {
        return new Objective(name, 0.99, Severity.MAJOR, new RatioIndicator(source, null, bad, total));
    }
}
