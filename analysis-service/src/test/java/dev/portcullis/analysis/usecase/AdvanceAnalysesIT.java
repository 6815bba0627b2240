package dev.portcullis.analysis.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.run.AnalysisState;
import dev.portcullis.analysis.run.MeasuringStatus;
import dev.portcullis.analysis.run.RunJudge;
import dev.portcullis.analysis.slo.AnalysisTiming;
import dev.portcullis.analysis.slo.Provenance;
import dev.portcullis.analysis.slo.SloBreach;
import dev.portcullis.analysis.slo.Strictness;
import java.time.Duration;
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
        assertEquals(AnalysisState.CONCLUDED, failed.status().state());
        assertEquals(Verdict.FAIL, failed.status().verdict());
        assertTrue(failed.judgement().failEvidence() >= failed.judgement().failThreshold());
        var readings = world.reader.readings();
        world.pollHealthy(10);
        assertEquals(failed, world.read(run));
        assertEquals(readings, world.reader.readings(), "an ended analysis is polled no more");
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
        assertEquals(Verdict.CONTINUE, world.read(run).status().verdict(), "the bake time is not over");
        world.pollHealthy(1);
        var passed = world.read(run);
        assertEquals(Verdict.PASS, passed.status().verdict());
        assertEquals(AnalysisState.RUNNING, passed.status().state());
        world.pollHealthy(112);
        var concluded = world.read(run);
        assertEquals(AnalysisState.CONCLUDED, concluded.status().state());
        assertEquals(Verdict.PASS, concluded.status().verdict());
        assertEquals(60, concluded.measurement().windowCount());
    }

    @Test
    void aFailAfterAPassOverridesIt() {
        var run = world.start();
        world.pollHealthy(20);
        assertEquals(Verdict.PASS, world.read(run).status().verdict());
        world.pollBad(20);
        assertEquals(Verdict.FAIL, world.read(run).status().verdict());
        assertEquals(AnalysisState.CONCLUDED, world.read(run).status().state());
    }

    @Test
    void tooFewRequestsAreInconclusiveAtTheDeadline() {
        var run = world.start();
        for (var i = 0; i < 120; i++) {
            world.poll(0, 1, 0, 9);
        }
        var ended = world.read(run);
        assertEquals(AnalysisState.CONCLUDED, ended.status().state());
        assertEquals(Verdict.INCONCLUSIVE, ended.status().verdict());
        assertEquals(run.plan().deadline(), ended.status().endTime());
    }

    @Test
    void aCanaryWithoutRequestsIsNoDataAndItsWindowsCount() {
        var run = world.start();
        for (var i = 0; i < 4; i++) {
            world.poll(0, 0, 3, 27_000);
        }
        var idle = world.read(run);
        assertEquals(
                MeasuringStatus.State.NO_DATA,
                idle.measurement().measuringStatus().state());
        assertEquals(2, idle.measurement().windowCount());
        assertEquals(Verdict.CONTINUE, idle.status().verdict());
        world.pollHealthy(1);
        assertEquals(
                MeasuringStatus.State.MEASURING,
                world.read(run).measurement().measuringStatus().state());
    }

    @Test
    void aBaselineWithoutRequestsLeavesTheSloTestAlone() {
        var run = world.start();
        for (var i = 0; i < 10; i++) {
            world.poll(60, 3_000, 0, 0);
        }
        var failed = world.read(run);
        assertEquals(Verdict.FAIL, failed.status().verdict());
        assertEquals(0, failed.judgement().objectives().getFirst().baseline().fail(), 1e-12);
    }

    @Test
    void oneWindowHoweverBadDoesNotFail() {
        var run = world.start();
        world.poll(3_000, 3_000, 0, 27_000);
        world.poll(3_000, 3_000, 0, 27_000);
        var first = world.read(run);
        assertEquals(1, first.measurement().windowCount());
        assertEquals(Verdict.CONTINUE, first.status().verdict());
        world.poll(3_000, 3_000, 0, 27_000);
        assertEquals(Verdict.CONTINUE, world.read(run).status().verdict());
        world.poll(3_000, 3_000, 0, 27_000);
        assertEquals(Verdict.FAIL, world.read(run).status().verdict());
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
                world.reader.serve(1, 3_000, 1, 27_000);
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
        var d = World.SETTINGS.timing();
        world.configure(World.SETTINGS
                .withRhythm(new AnalysisTiming(
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
        assertEquals(AnalysisState.RUNNING, later.status().state());
        assertNotEquals(World.SETTINGS, world.start().plan().settings());
    }

    @Test
    void missedPollsAreOneLargerDifferenceAndTheRhythmGoesOn() {
        var run = world.start();
        world.pollHealthy(2);
        world.reader.serve(2, 30_000, 2, 270_000);
        world.clock.advance(Duration.ofSeconds(157));
        assertEquals(1, world.replica().tick());
        assertEquals(0, world.replica().tick(), "what was missed is not made up for in a burst");
        var after = world.read(run);
        assertEquals(2, after.measurement().windowCount());
        assertEquals(run.plan().begin().plusSeconds(195), after.status().nextPoll());
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
            world.reader.serve(0, 10, 0, 90);
            world.replica().tick();
        }
        assertEquals(20, world.read(run).measurement().windowCount());
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
        assertEquals(AnalysisState.CANCELLED, cancelled.status().state());
        assertEquals("superseded", cancelled.status().cancelReason());
        assertNull(cancelled.status().nextPoll());
        var readings = world.reader.readings();
        world.pollHealthy(4);
        assertEquals(readings, world.reader.readings());
        var again = world.replica().cancel.cancel(run.id(), "another reason");
        assertEquals("superseded", again.status().cancelReason());
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

    private static ArmCounts counts(double bad, double total, double baselineBad, double baselineTotal) {
        return new ArmCounts(new Counts(bad, total), new Counts(baselineBad, baselineTotal));
    }
}
