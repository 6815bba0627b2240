package dev.portcullis.analysis.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.metric.Histograms;
import dev.portcullis.analysis.metric.ObjectiveCounters;
import dev.portcullis.analysis.metric.ObjectiveHistograms;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.PodHistograms;
import dev.portcullis.analysis.metric.ProcessHistory;
import dev.portcullis.analysis.metric.RatioNumerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Counters that fall: of a process that was restarted, or of several that answer in turn. */
class BelievableRestartTest {
    private static final String SLO = "availability";
    private static final FoldRules RULES = new FoldRules(Map.of(), false, Duration.ZERO, Instant.MAX);
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final double BEGAN = BEGIN.getEpochSecond();

    private CounterState state = CounterState.NONE;
    private Instant now = BEGIN;
    private List<String> faults = List.of();
    private List<String> notes = List.of();

    @ParameterizedTest
    @CsvSource({"1000, 51000", "51000, 1000", "30000, 51000", "51000, 30000", "50000, 51000", "51000, 50000"})
    void ofTwoProcessesThatAnswerInTurnOneDifferenceIsCountedAtMost(double one, double other) {
        double[] processes = {one, other};
        List<Double> counted = new ArrayList<>();
        for (int reading = 0; reading < 60; reading++) {
            processes[0] += 50;
            processes[1] += 50;
            counted.add(read(processes[reading % 2]));
            assertTrue(reading < 4 || !faults.isEmpty(), "reading " + reading + " of " + one + " and " + other);
        }
        assertTrue(sum(counted) <= 52_000, counted::toString);
        assertTrue(counted.stream().filter(count -> count > 1000).count() <= 1, counted::toString);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void ofProcessesThatAnswerAtRandomTheRequestsAreNeverMultiplied(long seed) {
        Random random = new Random(seed);
        double[] processes = {400, 7_000, 51_000, 90_000};
        double counted = 0;
        for (int reading = 0; reading < 2_000; reading++) {
            for (int i = 0; i < processes.length; i++) {
                processes[i] += 5;
            }
            counted += read(processes[random.nextInt(processes.length)]);
        }
        double served = 2_000 * 20;
        assertTrue(counted <= served + 90_000, "counted " + counted);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1_300, 10_000, 24_000})
    void ofTwoProcessesNoJumpIsCountedOnceTheirTrafficIsKnown(double other) {
        double counted = 0;
        for (int reading = 0; reading < 60; reading++) {
            counted += read((reading > 5 && reading % 2 == 0 ? other : 0) + 1000 + 5 * reading);
            assertTrue(reading < 7 || !faults.isEmpty(), "reading " + reading);
        }
        assertEquals(5 * 5, counted);
    }

    @Test
    void aSurgeIsCountedWithTheReadingThatGoesOnFromThere() {
        double total = 1000;
        double counted = 0;
        for (int reading = 0; reading < 20; reading++) {
            counted += read(total);
            assertEquals(List.of(), faults);
            assertEquals(reading == 11 ? 1 : 0, notes.size(), notes::toString);
            total += reading < 10 ? 50 : 1500;
        }
        assertEquals(10 * 50 + 9 * 1500, counted);
    }

    @Test
    void aSurgeOfAPodThatWasInDoubtOnceIsNoNewDoubt() {
        read(51_000);
        read(50_990);
        for (int reading = 1; reading <= 20; reading++) {
            read(50_990 + 50 * reading);
        }
        assertEquals(5_000, read(56_990));
        assertEquals(5_000, read(61_990));
        assertEquals(List.of(), faults);
    }

    @Test
    void aFlashCrowdOfTwentyTimesTheTrafficIsCountedAtOnce() {
        for (int reading = 0; reading < 20; reading++) {
            double served = read(reading < 10 ? 300 * reading : 3000 + 6000 * (reading - 10));
            assertEquals(reading == 0 ? 0 : reading <= 10 ? 300 : 6000, served, "reading " + reading);
        }
    }

    @Test
    void ofAProcessThatHasRunForLongAFirstLeapWaitsToo() {
        double hourAgo = BEGAN - 3600;
        read(0, hourAgo);
        assertEquals(0, read(30_000, hourAgo));
        assertEquals(List.of(), faults);
        assertEquals(60_000, read(60_000, hourAgo));
        state = CounterState.NONE;
        read(0, BEGAN - 60);
        assertEquals(30_000, read(30_000, BEGAN - 60), "of a young one it does not");
        state = CounterState.NONE;
        read(0, 0);
        assertEquals(30_000, read(30_000, 0), "nor of one that tells nothing");
    }

    @Test
    void whatIsSaidNamesThePodTheSeriesTheValuesAndWhatToDo() {
        read(1000);
        read(51_000);
        read(1050);
        assertEquals(
                List.of(
                        "objective 'availability': pod {instance=\"a:80\"} of the canary: two processes seem to answer for it:"
                                + " total{code=\"200\"} fell from 51,000 to 1,050, back to where its total was before: 1,050; if"
                                + " several processes answer at one address, or several replicas of the source do in turn, let each"
                                + " process be read by itself, give them a shared registry, or ask one replica. It is counted"
                                + " again after 10 readings in a row that fit one process"),
                faults);
    }

    @Test
    void aReplicaThatIsBehindIsNoRestartAndCostsNothing() {
        double counted = 0;
        for (int reading = 0; reading <= 40; reading++) {
            boolean other = reading > 5 && reading % 3 == 0;
            counted += read(100_000 + 500 * reading - (other ? 700 : 0));
            assertEquals(other ? 1 : 0, faults.size(), "reading " + reading);
            assertTrue(!other || faults.getFirst().contains("as when a replica that lags behind answers"));
        }
        assertEquals(40 * 500, counted);
    }

    @Test
    void aRestartIsCountedAtOnceAndTheNewProcessGoesOn() {
        read(51_000);
        assertEquals(100, read(51_100));
        assertEquals(70, read(70));
        for (int reading = 1; reading < 800; reading++) {
            assertEquals(100, read(70 + 100.0 * reading), "also when it comes to where the old one was");
        }
        assertEquals(50, read(50), "much later it is restarted again");
    }

    @Test
    void aPodThatIsRestartedAgainAndAgainIsCountedWhenItTellsItsStart() {
        read(1000, BEGAN - 5000);
        for (int restart = 0; restart < 20; restart++) {
            assertEquals(40, read(40, now.getEpochSecond()));
            assertEquals(60, read(100, now.getEpochSecond() - 15));
        }
    }

    @Test
    void aPodThatFallsTwiceWithinAFewReadingsIsInDoubtUntilItsReadingsFit() {
        read(1000);
        assertEquals(40, read(40));
        read(900);
        assertEquals(0, read(30));
        assertEquals(1, faults.size());
        for (int reading = 1; reading < ProcessHistory.FEW; reading++) {
            assertEquals(0, read(30 + 10 * reading));
            assertEquals(1, faults.size(), "reading " + reading);
        }
        assertEquals(10, read(30 + 10 * ProcessHistory.FEW));
        assertEquals(List.of(), faults);
    }

    @Test
    void aProcessStartedBeforeTheOneThatAnsweredLastIsAnotherEvenWhenNothingFalls() {
        read(1000, BEGAN - 9000);
        assertEquals(0, read(51_000, BEGAN - 7000), "started long before the other was read");
        assertEquals(1, faults.size());
        assertEquals(0, read(1050, BEGAN - 9000), "started before the other");
        assertTrue(faults.getFirst().contains("answered after one started"), faults::toString);
    }

    @Test
    void otherPodsAreCaughtUpWithAfterAReadingInDoubt() {
        read(Map.of("a", counters(51_000), "b", counters(100)));
        read(Map.of("a", counters(50_990), "b", counters(110)));
        assertEquals(1, faults.size());
        for (int reading = 1; reading < ProcessHistory.FEW; reading++) {
            read(Map.of("a", counters(50_990 + reading), "b", counters(110)));
        }
        assertEquals(21, read(Map.of("a", counters(51_000), "b", counters(120))));
        assertEquals(List.of(), faults);
    }

    @Test
    void aHistogramWhoseBucketsJumpBackIsInDoubtAsWell() {
        var rules = new FoldRules(Map.of("latency", 0.3), false, Duration.ZERO, Instant.MAX);
        CounterState of = CounterState.NONE;
        double counted = 0;
        for (int reading = 0; reading < 20; reading++) {
            double more = 10 * reading;
            PodHistograms pod = reading % 2 == 0
                    ? Histograms.classic(0.1, 900 + more, 0.5, 1000 + more, 1000 + more)
                    : Histograms.classic(0.1, 40_000 + more, 0.5, 51_000 + more, 51_000 + more);
            var seen = new ObjectiveHistograms(Map.of("c", pod), Map.of());
            CounterFold fold = CounterFold.fold(of, new CounterReading.Counters(Map.of("latency", seen)), rules, now);
            counted += fold.faults().isEmpty()
                    ? fold.increments().get("latency").at(0).canary().total()
                    : 0;
            of = fold.state();
        }
        assertTrue(counted <= 51_000, "counted " + counted);
    }

    private static double sum(List<Double> counts) {
        return counts.stream().mapToDouble(Double::doubleValue).sum();
    }

    private double read(double total) {
        return read(total, 0);
    }

    private double read(double total, double start) {
        return read(Map.of("{instance=\"a:80\"}", counters(total).startedAt(start)));
    }

    private static PodCounters counters(double total) {
        return PodCounters.ofRatio(Map.of(), Map.of("{__name__=\"total\",code=\"200\"}", total));
    }

    /** What is counted of a reading 15 s after the last one. */
    private double read(Map<String, PodCounters> pods) {
        var seen = new ObjectiveCounters(RatioNumerator.BAD, pods, Map.of());
        CounterFold fold = CounterFold.fold(state, new CounterReading.Counters(Map.of(SLO, seen)), RULES, now);
        now = now.plusSeconds(15);
        state = fold.state();
        faults = fold.faults();
        notes = fold.notes();
        return faults.isEmpty() ? fold.increments().get(SLO).at(0).canary().total() : Counts.NONE.total();
    }
}
