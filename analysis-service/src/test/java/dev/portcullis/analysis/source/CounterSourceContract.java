package dev.portcullis.analysis.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.fold.CounterFold;
import dev.portcullis.analysis.fold.CounterState;
import dev.portcullis.analysis.fold.FoldRules;
import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.metric.CounterSource;
import dev.portcullis.analysis.metric.SourceCounterReader;
import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.analysis.slo.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every metric source has to give, over a real connection: the counts of pods that restart, vanish, return and fail to answer. */
public abstract class CounterSourceContract {
    private static final Arms ARMS = new Arms("version", "v2", "v1");

    /** The selectors of good, bad and all requests. */
    public record Queries(String good, String bad, String total) {}

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

    final SimulatedPod canary = new SimulatedPod("v2", "canary-a");
    final SimulatedPod secondCanary = new SimulatedPod("v2", "canary-b");
    final SimulatedPod stable = new SimulatedPod("v1", "stable-a");
    Surroundings surroundings;
    private SourceCounterReader reader;
    CounterState state = CounterState.NONE;

    protected abstract Surroundings surroundings();

    /** As the source under test is asked. */
    protected Queries queries() {
        return new Queries(
                "http_requests_total{code!~\"5..\"}", "http_requests_total{code=~\"5..\"}", "http_requests_total");
    }

    /** What is measured. */
    List<Objective> objectives() {
        Queries queries = queries();
        return List.of(
                objective("good", queries.good(), null, queries.total()),
                objective("bad", null, queries.bad(), queries.total()));
    }

    @BeforeEach
    void begin() {
        surroundings = surroundings();
        CounterSource source = surroundings.source();
        reader = new SourceCounterReader(name -> Optional.of(source), Runnable::run);
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

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -2_147_483_000.0})
    void aSeriesThatIsNoCountIsToldWithItsValueAndNothingIsCountedUntilItIsOneAgain(double value) {
        surroundings.add(canary.served("200", 1000).served("500", 7));
        surroundings.add(stable.served("200", 9000));
        surroundings.add(new SimulatedPod("v0", "leftover").served("500", 5).breaks("500", value));
        assertEquals(ArmCounts.NONE, tick());
        canary.breaks("500", value);
        for (int reading = 0; reading < 2; reading++) {
            stable.served("200", 90);
            canary.served("200", 10);
            String why = unmeasured();
            assertTrue(why.contains("v2") && why.contains("not a count"), why);
        }
        canary.mend().served("500", 1);
        assertEquals(counts(1, 21, 0, 180), tick());
    }

    @Test
    void aBaselineThatIsNoCountIsToldAsWell() {
        surroundings.add(canary.served("200", 1000));
        surroundings.add(stable.served("200", 9000).served("500", 3));
        tick();
        stable.breaks("500", Double.NaN);
        String why = unmeasured();
        assertTrue(why.contains("v1"), why);
    }

    @Test
    void ofProcessesThatAnswerInTurnOneDifferenceIsCountedAtMost() {
        assumeTrue(countersMayFall());
        surroundings.add(canary.served("200", 51_000).served("500", 1));
        canary.nextProcess().served("200", 1000).served("500", 1);
        surroundings.add(stable.served("200", 9000));
        tick();
        canary.nextProcess().served("200", 25);
        double counted = tick().canary().total();
        assertTrue(counted <= 51_000, () -> "counted " + counted);
        for (int reading = 0; reading < 12; reading++) {
            canary.nextProcess().served("200", 25);
            stable.served("200", 50);
            String why = unmeasured();
            assertTrue(why.contains("two processes seem to answer for it"), why);
        }
    }

    /** Whether the source passes on what the processes count, and not what was added up elsewhere. */
    protected boolean countersMayFall() {
        return true;
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
    void aSourceThatCannotBeReadIsUnreachableAndCostsNothing() {
        surroundings.add(canary.served("200", 10));
        tick();
        surroundings.breakDown();
        canary.served("200", 10);
        var reading = Readings.of(reader, objectives(), ARMS);
        var unreachable = assertInstanceOf(CounterReading.Unreachable.class, reading);
        assertEquals(1, unreachable.detail().lines().count());
    }

    ArmCounts tick() {
        return fold(assertInstanceOf(CounterReading.Counters.class, Readings.of(reader, objectives(), ARMS)));
    }

    /** Why nothing of the next reading can be counted. */
    private String unmeasured() {
        return switch (Readings.of(reader, objectives(), ARMS)) {
            case CounterReading.Unreachable unreachable -> unreachable.detail();
            case CounterReading.Counters counters -> {
                CounterFold fold = folded(counters);
                assertFalse(fold.faults().isEmpty(), () -> "counted " + fold.increments());
                state = fold.state();
                yield String.join("; ", fold.faults());
            }
        };
    }

    private CounterFold folded(CounterReading.Counters counters) {
        return CounterFold.fold(
                state, counters, FoldRules.of(objectives(), ARMS, Duration.ZERO, Instant.MAX), Instant.EPOCH);
    }

    private ArmCounts tickOrNothing() {
        return Readings.of(reader, objectives(), ARMS) instanceof CounterReading.Counters counters
                ? fold(counters)
                : ArmCounts.NONE;
    }

    /** Both ways to write the indicator must count the same. */
    private ArmCounts fold(CounterReading.Counters counters) {
        CounterFold fold = folded(counters);
        assertEquals(List.of(), fold.faults());
        state = fold.state();
        assertEquals(fold.increments().get("good"), fold.increments().get("bad"));
        counted(fold);
        return fold.increments().get("good").at(0);
    }

    /** Looks at what else was counted. */
    void counted(CounterFold fold) {}

    static ArmCounts counts(double bad, double total, double baselineBad, double baselineTotal) {
        return new ArmCounts(new Counts(bad, total), new Counts(baselineBad, baselineTotal));
    }

    private static Objective objective(String name, @Nullable String good, @Nullable String bad, String total) {
        return new Objective(name, 0.999, Severity.MAJOR, new RatioIndicator("source", good, bad, total));
    }
}
