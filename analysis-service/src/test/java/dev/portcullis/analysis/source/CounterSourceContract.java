package dev.portcullis.analysis.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.metric.Arms;
import dev.portcullis.analysis.metric.CounterFold;
import dev.portcullis.analysis.metric.CounterSource;
import dev.portcullis.analysis.metric.CounterState;
import dev.portcullis.analysis.metric.FoldRules;
import dev.portcullis.analysis.metric.Folded;
import dev.portcullis.analysis.metric.MeterReading;
import dev.portcullis.analysis.metric.SourceMeter;
import dev.portcullis.analysis.slo.LatencyIndicator;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.analysis.slo.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every metric source has to give, over real HTTP: the counts of pods that restart, vanish, return and fail to answer. */
public abstract class CounterSourceContract {
    private static final Arms ARMS = new Arms("version", "v2", "v1");
    private static final Objective GOOD = objective("good", "http_requests_total{code!~\"5..\"}", null);
    private static final Objective BAD = objective("bad", null, "http_requests_total{code=~\"5..\"}");
    private static final Objective FAST = new Objective(
            "fast",
            0.99,
            Severity.MAJOR,
            new LatencyIndicator("source", "http_request_duration_seconds_bucket{version!=\"v0\"}", 0.2));
    private static final List<Objective> OBJECTIVES = List.of(GOOD, BAD, FAST);

    /** The pods as the source under test sees them. */
    public interface Surroundings extends AutoCloseable {
        CounterSource source();

        void add(SimulatedPod pod);

        /** From now on the pod's counters cannot be read. */
        void lose(SimulatedPod pod);

        /** They can be read again. */
        void find(SimulatedPod pod);

        /** From now on nothing at all can be read. */
        void breakDown();

        @Override
        void close();
    }

    private final SimulatedPod canary = new SimulatedPod("v2", "canary-a");
    private final SimulatedPod secondCanary = new SimulatedPod("v2", "canary-b");
    private final SimulatedPod stable = new SimulatedPod("v1", "stable-a");
    private Surroundings surroundings;
    private SourceMeter meter;
    private CounterState state = CounterState.NONE;
    private Observation latency;

    protected abstract Surroundings surroundings();

    @BeforeEach
    void begin() {
        surroundings = surroundings();
        CounterSource source = surroundings.source();
        meter = new SourceMeter(name -> Optional.of(source), Runnable::run);
    }

    @AfterEach
    void end() {
        surroundings.close();
    }

    @Test
    void requestsOfBothArmsAreCountedBetweenTwoReadings() {
        surroundings.add(canary.served("200", 1000).served("500", 7));
        surroundings.add(stable.served("200", 9000));
        surroundings.add(new SimulatedPod("v0", "leftover").served("500", 5));
        assertEquals(ArmCounts.NONE, tick());
        canary.served("200", 90).served("500", 10);
        stable.served("200", 899).served("503", 1);
        assertEquals(counts(10, 100, 1, 900), tick());
        assertEquals(ArmCounts.NONE, tick());
    }

    @Test
    void aRestartedPodCountsFromZero() {
        surroundings.add(canary.served("200", 1000).served("500", 7));
        tick();
        canary.restart().served("200", 30);
        assertEquals(counts(0, 30, 0, 0), tick());
        canary.served("200", 5).served("500", 2);
        assertEquals(counts(2, 7, 0, 0), tick());
    }

    @Test
    void aPodThatVanishesCountsNothingAndIsCaughtUpWithWhenItReturns() {
        surroundings.add(canary.served("200", 10));
        surroundings.add(secondCanary.served("200", 10));
        tick();
        surroundings.lose(canary);
        canary.served("500", 4);
        secondCanary.served("200", 3);
        assertEquals(counts(0, 3, 0, 0), tick());
        surroundings.find(canary);
        assertEquals(counts(4, 4, 0, 0), tick());
    }

    @Test
    void aNewPodIsAStartingPoint() {
        surroundings.add(canary.served("200", 10));
        tick();
        surroundings.add(secondCanary.served("200", 500).served("500", 50));
        canary.served("200", 1);
        assertEquals(counts(0, 1, 0, 0), tick());
        secondCanary.served("200", 9).served("500", 1);
        assertEquals(counts(1, 10, 0, 0), tick());
    }

    @Test
    void threeFailedScrapesOfTheOnlyCanaryLoseNothing() {
        surroundings.add(canary.served("200", 10));
        surroundings.add(stable.served("200", 10));
        tick();
        surroundings.lose(canary);
        ArmCounts sum = IntStream.range(0, 3)
                .mapToObj(scrape -> {
                    canary.served("200", 5).served("500", 1);
                    stable.served("200", 50);
                    return tickOrNothing();
                })
                .reduce(ArmCounts.NONE, ArmCounts::plus);
        assertEquals(Counts.NONE, sum.canary());
        surroundings.find(canary);
        assertEquals(counts(3, 18, 0, 150), sum.plus(tick()));
    }

    @Test
    void withoutTrafficNothingIsCounted() {
        surroundings.add(canary);
        surroundings.add(stable.served("200", 10));
        tick();
        assertEquals(ArmCounts.NONE, tick());
        assertEquals(ArmCounts.NONE, tick());
    }

    @Test
    void aBaselineWithoutTrafficCountsNothing() {
        surroundings.add(canary.served("200", 10));
        surroundings.add(stable);
        tick();
        canary.served("200", 6).served("500", 1);
        assertEquals(counts(1, 7, 0, 0), tick());
    }

    @Test
    void slowRequestsOfBothArmsAreCountedAtEveryBoundaryNearTheThreshold() {
        surroundings.add(canary.served("200", 0.02, 100).served("200", 0.2, 10));
        surroundings.add(stable.served("200", 0.02, 900).served("200", 0.2, 90).served("200", 0.4, 10));
        tick();
        canary.served("200", 0.02, 50)
                .served("500", 0.2, 30)
                .served("200", 0.4, 15)
                .served("200", 9, 5);
        stable.served("200", 0.02, 900).served("200", 0.4, 100);
        tick();
        assertEquals(List.of(0.05, 0.1, 0.3, 0.5), state.buckets().get("fast").boundaries());
        assertEquals(
                List.of(
                        counts(50, 100, 100, 1000),
                        counts(50, 100, 100, 1000),
                        counts(20, 100, 100, 1000),
                        counts(5, 100, 0, 1000)),
                latency.cuts());
    }

    @Test
    void aHistogramIsFoldedOverARestartAndAnAbsence() {
        surroundings.add(canary.served("200", 0.02, 1000).served("200", 0.2, 100));
        surroundings.add(secondCanary.served("200", 0.02, 10));
        surroundings.add(stable.served("200", 0.02, 1000));
        tick();
        canary.restart().served("200", 0.02, 20).served("200", 0.4, 4);
        surroundings.lose(secondCanary);
        secondCanary.served("200", 0.4, 7);
        tick();
        assertEquals(counts(4, 24, 0, 0), latency.at(latency.cuts().size() - 1));
        surroundings.find(secondCanary);
        canary.served("200", 9, 1);
        tick();
        assertEquals(counts(8, 8, 0, 0), latency.at(0));
    }

    @Test
    void aSourceThatCannotBeReadIsUnreachableAndCostsNothing() {
        surroundings.add(canary.served("200", 10));
        tick();
        surroundings.breakDown();
        canary.served("200", 10);
        var reading = meter.read(OBJECTIVES, ARMS);
        var unreachable = assertInstanceOf(MeterReading.Unreachable.class, reading);
        assertEquals(1, unreachable.detail().lines().count());
    }

    private ArmCounts tick() {
        return fold(assertInstanceOf(MeterReading.Counters.class, meter.read(OBJECTIVES, ARMS)));
    }

    private ArmCounts tickOrNothing() {
        return meter.read(OBJECTIVES, ARMS) instanceof MeterReading.Counters counters ? fold(counters) : ArmCounts.NONE;
    }

    /** Both ways to write the indicator must count the same, and the histogram the same requests. */
    private ArmCounts fold(MeterReading.Counters counters) {
        Folded folded = CounterFold.fold(state, counters, FoldRules.of(OBJECTIVES, ARMS, Duration.ZERO), Instant.EPOCH);
        state = folded.state();
        assertEquals(folded.increments().get("good"), folded.increments().get("bad"));
        latency = folded.increments().get("fast");
        if (latency != null) {
            // Not before both arms have served something: a histogram is made with the first request.
            assertEquals(
                    folded.increments().get("good").at(0).canary().total(),
                    latency.at(0).canary().total());
        }
        return folded.increments().get("good").at(0);
    }

    private static ArmCounts counts(double bad, double total, double baselineBad, double baselineTotal) {
        return new ArmCounts(new Counts(bad, total), new Counts(baselineBad, baselineTotal));
    }

    private static Objective objective(String name, String good, String bad) {
        return new Objective(
                name, 0.999, Severity.MAJOR, new RatioIndicator("source", good, bad, "http_requests_total"));
    }
}
