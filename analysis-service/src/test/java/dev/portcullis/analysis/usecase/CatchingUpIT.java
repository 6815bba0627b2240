package dev.portcullis.analysis.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.AnalysisState;
import dev.portcullis.analysis.run.MeasuringStatus;
import dev.portcullis.analysis.run.RunJudge;
import dev.portcullis.analysis.run.Window;
import dev.portcullis.analysis.slo.AnalysisTiming;
import dev.portcullis.analysis.slo.LatencyIndicator;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.Provenance;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.analysis.slo.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that was away, beside one that never was: both read the same counters, of a source that keeps them. */
final class CatchingUpIT {
    private static final String SLO = "checkout-availability";
    private static final Duration TICK = Duration.ofSeconds(5);

    private final HistoryCounterReader steadySource = new HistoryCounterReader();
    private final HistoryCounterReader source = new HistoryCounterReader();
    private final World steady = new World(steadySource);
    private final World away = new World(source);

    @AfterEach
    void close() {
        steady.close();
        away.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 15, 29, 300, 307, 599, 1_200})
    void anAbsenceChangesNothing(int seconds) {
        var run = steady.start();
        var interrupted = away.start();
        both(Duration.ofMinutes(4));
        away.clock.advance(Duration.ofSeconds(seconds));
        away.catchUp();
        steady.pass(Duration.ofSeconds(seconds), Duration.ofSeconds(1));
        assertSame(run, interrupted);
        both(Duration.ofMinutes(2));
        assertSame(run, interrupted);
    }

    @Test
    void moreThanAFewMissedMomentsAreHadInSeveralRounds() {
        var run = away.start();
        away.clock.advance(Duration.ofMinutes(11));
        assertTrue(away.catchUp() > 1);
        assertEquals(22, away.read(run).measurement().windowCount());
    }

    @Test
    void aDeadlineThatComesMeanwhileEndsItWithAllThatWasToBeRead() {
        // Away from the grid of the polls, so that the deadline is too.
        steady.clock.advance(Duration.ofMillis(7_300));
        away.clock.advance(Duration.ofMillis(7_300));
        var run = steady.start();
        var interrupted = away.start();
        both(Duration.ofMinutes(24));
        away.clock.advance(Duration.ofMinutes(20));
        away.catchUp();
        steady.pass(Duration.ofMinutes(20), Duration.ofMillis(2_900));
        assertFalse(steady.read(run).isRunning());
        assertSame(run, interrupted);
        assertEquals(run.plan().deadline(), away.read(interrupted).status().endTime());
    }

    @Test
    void aCanaryThatGoesBadMeanwhileFailsAtTheWindowInWhichItWouldHave() {
        var bad = steady.clock.instant().plusSeconds(700);
        steadySource.badFrom = bad;
        source.badFrom = bad;
        var run = steady.start();
        var interrupted = away.start();
        both(Duration.ofMinutes(10));
        away.clock.advance(Duration.ofMinutes(10));
        away.catchUp();
        steady.pass(Duration.ofMinutes(10), TICK);
        assertSame(run, interrupted);
        assertEquals(Verdict.FAIL, away.read(interrupted).status().verdict());
        assertTrue(away.read(interrupted)
                .status()
                .endTime()
                .isBefore(away.clock.instant().minusSeconds(60)));
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 300, 700})
    void aSourceThatWasAwayChangesNothingOnceItIsBack(int seconds) {
        var run = steady.start();
        var interrupted = away.start();
        both(Duration.ofMinutes(4));
        source.away = true;
        both(Duration.ofSeconds(seconds));
        var blind = away.read(interrupted);
        assertEquals(
                MeasuringStatus.State.UNREACHABLE,
                blind.measurement().measuringStatus().state());
        assertTrue(blind.status().nextPoll().isAfter(away.clock.instant()), "it is not asked at every tick");
        source.away = false;
        both(Duration.ofSeconds(30));
        away.catchUp();
        assertSame(run, interrupted);
    }

    @Test
    void aSourceThatIsAwayWhileWeAreToo() {
        var run = steady.start();
        var interrupted = away.start();
        both(Duration.ofMinutes(4));
        away.clock.advance(Duration.ofMinutes(6));
        source.away = true;
        away.catchUp();
        source.away = false;
        away.clock.advance(Duration.ofMinutes(1));
        away.catchUp();
        steady.pass(Duration.ofMinutes(7), TICK);
        assertSame(run, interrupted);
    }

    @Test
    void theDeadlineComesThoughTheSourceStaysAway() {
        var run = away.start();
        away.pass(Duration.ofMinutes(4), TICK);
        source.away = true;
        away.pass(Duration.ofMinutes(26), TICK);
        var ended = away.read(run);
        assertEquals(AnalysisState.CONCLUDED, ended.status().state());
        assertEquals(8, ended.measurement().windowCount());
    }

    @Test
    void aRestartOfACounterMeanwhileLosesWhatOnePollLosesAndNotWhatTheWholeAbsenceDid() {
        var reset = steady.clock.instant().plusSeconds(4 * 60 + 200);
        steadySource.resetAt = reset;
        source.resetAt = reset;
        var forgetful = new HistoryCounterReader(false);
        forgetful.resetAt = reset;
        try (var other = new World(forgetful)) {
            var run = steady.start();
            var interrupted = away.start();
            var merged = other.start();
            both(Duration.ofMinutes(4));
            other.pass(Duration.ofMinutes(4), TICK);
            away.clock.advance(Duration.ofMinutes(5));
            away.catchUp();
            other.clock.advance(Duration.ofMinutes(5));
            other.catchUp();
            steady.pass(Duration.ofMinutes(5), TICK);
            assertSame(run, interrupted);
            var all = source.served(run.plan().begin(), steady.clock.instant());
            var lost = source.served(reset.minusSeconds(15), reset);
            assertTrue(total(away.read(interrupted)) >= all - lost);
            assertTrue(total(other.read(merged)) < all - 10 * lost);
        }
    }

    @Test
    void aSourceWithoutMemoryHasTheAbsenceInOneWindow() {
        var forgetful = new HistoryCounterReader(false);
        try (var other = new World(forgetful)) {
            var run = other.start();
            other.pass(Duration.ofMinutes(4), TICK);
            other.clock.advance(Duration.ofMinutes(5));
            assertEquals(1, other.catchUp());
            var windows = other.replica().runs.windows(run.id());
            assertEquals(9, windows.size());
            assertEquals(
                    Duration.ofMinutes(5),
                    Duration.between(
                            windows.getLast().start(), windows.getLast().end()));
            assertEquals(forgetful.served(run.plan().begin(), other.clock.instant()), total(other.read(run)));
        }
    }

    @Test
    void analysesOfDifferentRhythmsAreEachMadeUpForInTheirOwn() {
        var polls = List.of(5, 15, 20, 60);
        polls.forEach(poll -> {
            steady.configure(service(poll));
            away.configure(service(poll));
        });
        var undisturbed =
                polls.stream().map(poll -> steady.start("every-" + poll)).toList();
        var interrupted =
                polls.stream().map(poll -> away.start("every-" + poll)).toList();
        both(Duration.ofMinutes(4));
        away.clock.advance(Duration.ofSeconds(427));
        away.catchUp();
        steady.pass(Duration.ofSeconds(427), Duration.ofSeconds(1));
        for (int i = 0; i < polls.size(); i++) {
            assertSame(undisturbed.get(i), interrupted.get(i));
            assertEquals(
                    steadySource.answered("every-" + polls.get(i) + "-availability"),
                    source.answered("every-" + polls.get(i) + "-availability"));
        }
    }

    @Test
    void aFirstReadingBetweenTwoPollsIsWhereTheFirstWindowBegins() {
        away.clock.advance(Duration.ofMillis(7_300));
        var run = away.start();
        away.clock.advance(Duration.ofMinutes(2));
        away.catchUp();
        var windows = away.replica().runs.windows(run.id());
        var begin = run.plan().begin();
        assertEquals(
                List.of(begin, begin.plusMillis(22_700), begin.plusMillis(52_700), begin.plusMillis(82_700)),
                windows.stream().map(Window::start).toList());
    }

    @Test
    void countersThatCannotBeCountedAnyMoreDoNotKeepTheDeadlineFromComing() {
        away.configure(withLatency());
        source.boundariesChange = away.clock.instant().plusSeconds(100);
        var run = away.start();
        away.pass(Duration.ofMinutes(4), TICK);
        assertEquals(
                MeasuringStatus.State.UNREACHABLE,
                away.read(run).measurement().measuringStatus().state());
        away.pass(Duration.ofMinutes(26), TICK);
        var ended = away.read(run);
        assertEquals(AnalysisState.CONCLUDED, ended.status().state(), ended::toString);
        assertEquals(run.plan().deadline(), ended.status().endTime());
        neverTwice(source.answered(SLO));
    }

    @Test
    void anObjectiveThatAppearsMeanwhileIsJudgedFromThereOn() {
        away.configure(withLatency());
        steady.configure(withLatency());
        var appears = away.clock.instant().plusSeconds(4 * 60 + 37);
        source.histogramsFrom = appears;
        steadySource.histogramsFrom = appears;
        var run = steady.start();
        var interrupted = away.start();
        both(Duration.ofMinutes(4));
        away.clock.advance(Duration.ofSeconds(45));
        away.catchUp();
        steady.pass(Duration.ofSeconds(45), TICK);
        both(Duration.ofMinutes(3));
        assertSame(run, interrupted);
    }

    private void both(Duration time) {
        steady.pass(time, TICK);
        away.pass(time, TICK);
    }

    private void assertSame(AnalysisRun undisturbed, AnalysisRun interrupted) {
        var expected = steady.read(undisturbed);
        var found = away.read(interrupted);
        var windows = away.replica().runs.windows(interrupted.id());
        assertEquals(steady.replica().runs.windows(undisturbed.id()), windows);
        assertEquals(expected.measurement(), found.measurement());
        assertEquals(expected.assessment(), found.assessment());
        assertEquals(expected.status(), found.status());
        assertEquals(
                RunJudge.assess(
                        windows, found.plan(), found.measurement().counters().buckets()),
                found.assessment());
        Stream.of(source, steadySource)
                .forEach(reader -> neverTwice(reader.answered(
                        found.plan().objectives().objectives().getFirst().name())));
    }

    private static void neverTwice(List<Instant> answered) {
        assertEquals(answered.stream().sorted().toList(), answered);
        assertEquals(answered.size(), new HashSet<>(answered).size(), answered::toString);
    }

    private static ServiceObjectives withLatency() {
        var latency = new Objective(
                "checkout-latency", 0.99, Severity.CRITICAL, new LatencyIndicator("prometheus", "latency_bucket", 0.3));
        return new ServiceObjectives("checkout", "hash", List.of(World.availability(), latency), World.SETTINGS);
    }

    private static ServiceObjectives service(int poll) {
        var every = Duration.ofSeconds(poll);
        var name = "every-" + poll;
        var usual = World.availability();
        return new ServiceObjectives(
                name,
                "hash",
                List.of(new Objective(name + "-availability", usual.target(), usual.severity(), usual.indicator())),
                World.SETTINGS.withRhythm(new AnalysisTiming(
                        every,
                        every.multipliedBy(2),
                        Provenance.POLICY,
                        Duration.ofMinutes(30),
                        Duration.ofMinutes(2),
                        Duration.ZERO)));
    }

    private static double total(AnalysisRun run) {
        return run.counts(SLO).canary().total();
    }
}
