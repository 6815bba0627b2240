package dev.portcullis.analysis.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.Measuring;
import dev.portcullis.analysis.run.RunJudge;
import dev.portcullis.analysis.run.RunState;
import dev.portcullis.analysis.slo.Provenance;
import dev.portcullis.analysis.slo.Rhythm;
import dev.portcullis.analysis.slo.SloBreach;
import dev.portcullis.analysis.slo.Strictness;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AdvanceAnalysesIT {
    private static final String SLO = "checkout-availability";

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aBadCanaryFailsAndThatIsFinal() {
        var run = world.start();
        world.pollBad(10);
        var failed = world.read(run);
        assertEquals(RunState.CONCLUDED, failed.standing().state());
        assertEquals(Verdict.FAIL, failed.standing().verdict());
        assertTrue(failed.judgement().failEvidence() >= failed.judgement().failThreshold());
        var readings = world.meter.readings();
        world.pollHealthy(10);
        assertEquals(failed, world.read(run));
        assertEquals(readings, world.meter.readings(), "an ended analysis is polled no more");
        assertEquals(
                1,
                world.registry
                        .counter("portcullis.analysis.verdicts", "verdict", "FAIL")
                        .count());
    }

    @Test
    void aHealthyCanaryPassesAfterTheBakeTimeAndIsWatchedUntilTheDeadline() {
        var run = world.start();
        world.pollHealthy(7);
        assertEquals(Verdict.CONTINUE, world.read(run).standing().verdict(), "the bake time is not over");
        world.pollHealthy(1);
        var passed = world.read(run);
        assertEquals(Verdict.PASS, passed.standing().verdict());
        assertEquals(RunState.RUNNING, passed.standing().state());
        world.pollHealthy(112);
        var concluded = world.read(run);
        assertEquals(RunState.CONCLUDED, concluded.standing().state());
        assertEquals(Verdict.PASS, concluded.standing().verdict());
        assertEquals(60, concluded.measurement().windowCount());
    }

    @Test
    void aFailAfterAPassOverridesIt() {
        var run = world.start();
        world.pollHealthy(20);
        assertEquals(Verdict.PASS, world.read(run).standing().verdict());
        world.pollBad(20);
        assertEquals(Verdict.FAIL, world.read(run).standing().verdict());
        assertEquals(RunState.CONCLUDED, world.read(run).standing().state());
    }

    @Test
    void tooFewRequestsAreInconclusiveAtTheDeadline() {
        var run = world.start();
        for (var i = 0; i < 120; i++) {
            world.poll(0, 1, 0, 9);
        }
        var ended = world.read(run);
        assertEquals(RunState.CONCLUDED, ended.standing().state());
        assertEquals(Verdict.INCONCLUSIVE, ended.standing().verdict());
        assertEquals(run.plan().deadline(), ended.standing().endTime());
    }

    @Test
    void aCanaryWithoutRequestsIsNoDataAndItsWindowsCount() {
        var run = world.start();
        for (var i = 0; i < 4; i++) {
            world.poll(0, 0, 3, 27_000);
        }
        var idle = world.read(run);
        assertEquals(Measuring.State.NO_DATA, idle.measurement().measuring().state());
        assertEquals(2, idle.measurement().windowCount());
        assertEquals(Verdict.CONTINUE, idle.standing().verdict());
        world.pollHealthy(1);
        assertEquals(
                Measuring.State.MEASURING,
                world.read(run).measurement().measuring().state());
    }

    @Test
    void aBaselineWithoutRequestsLeavesTheSloTestAlone() {
        var run = world.start();
        for (var i = 0; i < 10; i++) {
            world.poll(60, 3_000, 0, 0);
        }
        var failed = world.read(run);
        assertEquals(Verdict.FAIL, failed.standing().verdict());
        assertEquals(0, failed.judgement().objectives().getFirst().baseline().fail(), 1e-12);
    }

    @Test
    void anUnreachableSourceFoldsNothingAndTheNextWindowIsLarger() {
        var run = world.start();
        world.pollHealthy(2);
        world.meter.breakDown("connection refused");
        world.pollHealthy(3);
        var blind = world.read(run);
        assertEquals(
                new Measuring(Measuring.State.UNREACHABLE, "connection refused", List.of()),
                blind.measurement().measuring());
        assertEquals(1, blind.measurement().windowCount());
        assertEquals(counts(0, 6_000, 2, 54_000), blind.counts(SLO));
        assertEquals(Verdict.CONTINUE, blind.standing().verdict());
        world.meter.recover();
        world.pollHealthy(1);
        var windows = world.replica().runs.windows(run.id());
        assertEquals(2, windows.size());
        assertEquals(
                counts(0, 12_000, 4, 108_000),
                windows.getLast().counts().get(SLO).at(0));
        assertEquals(
                Duration.ofSeconds(60),
                Duration.between(windows.getLast().start(), windows.getLast().end()));
        assertEquals(
                Measuring.State.MEASURING,
                world.read(run).measurement().measuring().state());
        assertEquals(
                3, world.registry.counter("portcullis.analysis.unreachable").count());
    }

    @Test
    void theDeadlineComesThoughTheSourceIsUnreachableAndWhatWasReadIsJudged() {
        var run = world.start();
        world.pollHealthy(3);
        world.meter.breakDown("connection refused");
        world.pollHealthy(117);
        var ended = world.read(run);
        assertEquals(RunState.CONCLUDED, ended.standing().state());
        assertEquals(Verdict.INCONCLUSIVE, ended.standing().verdict());
        var windows = world.replica().runs.windows(run.id());
        assertEquals(2, windows.size());
        assertEquals(
                counts(0, 3_000, 1, 27_000), windows.getLast().counts().get(SLO).at(0));
    }

    @Test
    void aSourceUnreachableAtTheStartMakesTheFirstSuccessfulReadingTheStartingPoint() {
        world.meter.breakDown("connection refused");
        var run = world.start();
        assertEquals(Measuring.State.UNREACHABLE, run.measurement().measuring().state());
        world.pollBad(2);
        world.meter.recover();
        world.pollBad(1);
        assertEquals(0, total(world.read(run)));
        world.pollBad(1);
        assertEquals(3_000, total(world.read(run)));
    }

    @Test
    void oneWindowHoweverBadDoesNotFail() {
        var run = world.start();
        world.poll(3_000, 3_000, 0, 27_000);
        world.poll(3_000, 3_000, 0, 27_000);
        var first = world.read(run);
        assertEquals(1, first.measurement().windowCount());
        assertEquals(Verdict.CONTINUE, first.standing().verdict());
        world.poll(3_000, 3_000, 0, 27_000);
        assertEquals(Verdict.CONTINUE, world.read(run).standing().verdict());
        world.poll(3_000, 3_000, 0, 27_000);
        assertEquals(Verdict.FAIL, world.read(run).standing().verdict());
    }

    @Test
    void aRestartInTheMiddleChangesNeitherWindowsNorEvidence() {
        var undisturbed = world.start();
        try (var other = new World()) {
            var restarted = other.start();
            for (var i = 0; i < 13; i++) {
                world.poll(2 + i % 3, 3_000, 1, 27_000);
                if (i % 3 == 1) {
                    other.restart();
                }
                other.poll(2 + i % 3, 3_000, 1, 27_000);
            }
            assertEquals(
                    world.replica().runs.windows(undisturbed.id()),
                    other.replica().runs.windows(restarted.id()));
            assertEquals(
                    world.read(undisturbed).judgement(), other.read(restarted).judgement());
            assertEquals(
                    world.read(undisturbed).measurement(), other.read(restarted).measurement());
            assertEquals(6, other.read(restarted).measurement().windowCount());
        }
    }

    @Test
    void theJudgementKeptIsTheOneOfTheWindowsKept() {
        var run = world.start();
        for (var i = 0; i < 21; i++) {
            world.poll(i % 4, 2_987 + i, i % 2, 27_013 - i);
            var kept = world.read(run);
            var windows = world.replica().runs.windows(run.id());
            assertEquals(RunJudge.assess(windows, kept.plan(), Map.of()), kept.assessment());
            var sum = windows.stream().map(w -> w.counts().get(SLO).at(0)).reduce(ArmCounts.NONE, ArmCounts::plus);
            var open = kept.measurement()
                    .open()
                    .counts()
                    .getOrDefault(SLO, Observation.nothing(1))
                    .at(0);
            assertEquals(kept.counts(SLO), sum.plus(open));
            assertEquals(
                    IntStream.rangeClosed(1, windows.size()).boxed().toList(),
                    windows.stream().map(w -> w.index()).toList());
        }
    }

    @Test
    void twoReplicasAtOnceCountNothingTwice() throws InterruptedException {
        var run = world.start();
        try (var second = world.new Replica()) {
            for (var i = 0; i < 40; i++) {
                world.meter.serve(1, 3_000, 1, 27_000);
                world.clock.advance(World.POLL);
                var both = new Thread[] {
                    Thread.ofVirtual().start(() -> world.replica().tick()),
                    Thread.ofVirtual().start(second::tick)
                };
                for (var thread : both) {
                    thread.join();
                }
            }
        }
        var counted = world.read(run);
        assertEquals(counts(40, 120_000, 40, 1_080_000), counted.counts(SLO));
        assertEquals(20, counted.measurement().windowCount());
        assertEquals(20, world.replica().runs.windows(run.id()).size());
        assertEquals(20, world.registry.counter("portcullis.analysis.windows").count());
    }

    @Test
    void aChangeOfTheConfigurationDoesNotReachARunningAnalysis() {
        var run = world.start();
        var d = World.SETTINGS.rhythm();
        world.configure(World.SETTINGS
                .withRhythm(new Rhythm(
                        Duration.ofSeconds(1),
                        d.window(),
                        Provenance.POLICY,
                        Duration.ofMinutes(1),
                        d.bake(),
                        d.warmUp()))
                .withStrictness(new Strictness(0.4, 0.4, 0, SloBreach.FAIL)));
        world.pollHealthy(8);
        var later = world.read(run);
        assertEquals(World.SETTINGS, later.plan().settings());
        assertEquals(RunState.RUNNING, later.standing().state());
        assertNotEquals(World.SETTINGS, world.start().plan().settings());
    }

    @Test
    void missedPollsAreOneLargerDifferenceAndTheRhythmGoesOn() {
        var run = world.start();
        world.pollHealthy(2);
        world.meter.serve(2, 30_000, 2, 270_000);
        world.clock.advance(Duration.ofSeconds(157));
        assertEquals(1, world.replica().tick());
        assertEquals(0, world.replica().tick(), "what was missed is not made up for in a burst");
        var after = world.read(run);
        assertEquals(2, after.measurement().windowCount());
        assertEquals(run.plan().begin().plusSeconds(195), after.standing().nextPoll());
        world.clock.advance(Duration.ofSeconds(8));
        assertEquals(1, world.replica().tick());
    }

    @Test
    void pollsThatComeLateDoNotLengthenTheWindows() {
        var run = world.start();
        for (var i = 1; i <= 40; i++) {
            var late = Duration.ofMillis(700L * (i % 2));
            var due = run.plan().begin().plus(World.POLL.multipliedBy(i)).plus(late);
            world.clock.advance(Duration.between(world.clock.instant(), due));
            world.meter.serve(0, 10, 0, 90);
            world.replica().tick();
        }
        assertEquals(20, world.read(run).measurement().windowCount());
    }

    @Test
    void aFaultWhileReadingCountsAsAFailedReadingAndTheDeadlineStillComes() {
        var run = world.start();
        world.meter.throwAtEachReading(new IllegalStateException("boom"));
        world.pollHealthy(1);
        var blind = world.read(run);
        assertEquals(
                Measuring.State.UNREACHABLE, blind.measurement().measuring().state());
        assertTrue(blind.measurement().measuring().detail().contains("IllegalStateException"));
        world.pollHealthy(119);
        assertFalse(world.read(run).isRunning());
    }

    @Test
    void aRowThatCannotBeReadDoesNotStopTheOthers() {
        var spoilt = IntStream.range(0, 5).mapToObj(i -> world.start()).toList();
        var sound = IntStream.range(0, 5).mapToObj(i -> world.start()).toList();
        world.replica()
                .database
                .jdbi()
                .useHandle(handle -> spoilt.forEach(run -> handle.createUpdate(
                                "update analysis set counter_state = '{\"objectives\": 7}' where id = :id")
                        .bind("id", run.id())
                        .execute()));
        world.pollHealthy(2);
        sound.forEach(run -> assertEquals(1, world.read(run).measurement().windowCount()));
    }

    @Test
    void aCancelledAnalysisIsPolledNoMore() {
        var run = world.start();
        world.pollHealthy(2);
        var cancelled = world.replica().cancel.cancel(run.id(), "superseded");
        assertEquals(RunState.CANCELLED, cancelled.standing().state());
        assertEquals("superseded", cancelled.standing().cancelReason());
        assertNull(cancelled.standing().nextPoll());
        var readings = world.meter.readings();
        world.pollHealthy(4);
        assertEquals(readings, world.meter.readings());
        var again = world.replica().cancel.cancel(run.id(), "another reason");
        assertEquals("superseded", again.standing().cancelReason());
    }

    @Test
    void tooLittleTrafficToEverPassIsReportedOnceWhenItShows() {
        var run = world.start();
        for (var i = 0; i < 12; i++) {
            world.poll(0, 15, 0, 135);
        }
        var starved = world.read(run);
        assertEquals(SLO, starved.assessment().shortage().objective());
        assertEquals(1_800, starved.assessment().shortage().coming(), 1e-9);
        assertEquals(1, world.registry.counter("portcullis.analysis.shortages").count());
        for (var i = 0; i < 12; i++) {
            world.poll(0, 3_000, 1, 27_000);
        }
        assertNull(world.read(run).assessment().shortage());
    }

    private static double total(AnalysisRun run) {
        return run.counts(SLO).canary().total();
    }

    private static ArmCounts counts(double bad, double total, double baselineBad, double baselineTotal) {
        return new ArmCounts(new Counts(bad, total), new Counts(baselineBad, baselineTotal));
    }
}
