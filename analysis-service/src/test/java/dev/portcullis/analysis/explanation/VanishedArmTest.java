package dev.portcullis.analysis.explanation;

import static dev.portcullis.analysis.explanation.ScriptedRun.assertContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.run.MeasuringStatus;
import dev.portcullis.analysis.slo.AnalysisTiming;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Series that were read and are there no more say nothing of the present. */
final class VanishedArmTest {
    private static final double[] HEALTHY = {0, 30_000, 1, 270_000};

    private final ScriptedRun told = ScriptedRun.availability();

    @Test
    void aCanaryWhoseSeriesLeaveDuringTheBakeTimeIsNotMeasuredAndGetsNoPass() {
        healthy(2);
        told.leaves("a");
        for (int i = 0; i < 10 && told.run.isRunning(); i++) {
            healthy(1);
            assertEquals(MeasuringStatus.State.NO_DATA, state(), told.text());
            assertEquals(Verdict.CONTINUE, verdict(), told.text());
        }
        assertContains("the series of the canary 'new' that availability counts are gone", told.text());
        assertContains("last read at 2026-03-01T12:00:30Z", told.text());
    }

    @Test
    void theBakeTimeDoesNotRunWhileTheCanaryIsAway() {
        var baking = baking();
        healthy(baking, 2);
        baking.leaves("a");
        healthy(baking, 8);
        baking.comes("a");
        healthy(baking, 1);
        assertEquals(
                MeasuringStatus.State.MEASURING,
                baking.run.measurement().measuringStatus().state());
        assertContains("bake time of 2 min; 1 min of it are left", baking.text());
        healthy(baking, 4);
        assertEquals(Verdict.PASS, baking.run.status().verdict(), baking.text());
    }

    @Test
    void norWhileTheSourceCannotBeRead() {
        var baking = baking();
        healthy(baking, 2);
        for (int i = 0; i < 8; i++) {
            baking.take(new CounterReading.Unreachable("source 'p': connection refused"));
        }
        healthy(baking, 1);
        assertEquals(Verdict.CONTINUE, baking.run.status().verdict(), baking.text());
        healthy(baking, 4);
        assertEquals(Verdict.PASS, baking.run.status().verdict(), baking.text());
    }

    @Test
    void aCanaryWithoutRequestsDuringTheBakeTimeIsNotPassedForThoseBefore() {
        healthy(2);
        for (int i = 0; i < 6; i++) {
            told.poll(0, 0, 1, 270_000);
        }
        assertEquals(Verdict.CONTINUE, verdict(), told.text());
        assertContains("The canary has served no request for 1 min 30 s.", told.text());
        assertContains("bake time of 45 s; 15 s of it are left", told.text());
        healthy(1);
        assertEquals(Verdict.PASS, verdict(), told.text());
    }

    @Test
    void aPassIsKeptButNothingIsMeasuredWhenTheCanaryLeavesAfterIt() {
        healthy(4);
        assertEquals(Verdict.PASS, verdict(), told.text());
        told.leaves("a").leaves("stable");
        healthy(1);
        assertEquals(Verdict.PASS, verdict());
        assertEquals(MeasuringStatus.State.NO_DATA, state());
        assertContains("gone", told.text());
        told.comes("a").comes("stable");
        healthy(1);
        assertEquals(MeasuringStatus.State.MEASURING, state());
    }

    @Test
    void oneOfSeveralCanaryPodsMayLeave() {
        told.comes("b");
        healthy(1);
        told.serve("b", 0, 10).leaves("a");
        healthy(1);
        assertEquals(MeasuringStatus.State.MEASURING, state(), told.text());
    }

    @Test
    void anOutageInWhichTheStableVersionCannotBeReadFailsNobody() {
        healthy(2);
        told.leaves("stable");
        for (int i = 0; i < 8; i++) {
            told.poll(15_000, 30_000, 135_000, 270_000);
            assertEquals(Verdict.CONTINUE, verdict(), told.text());
            assertEquals(MeasuringStatus.State.UNREACHABLE, state(), told.text());
        }
        assertContains("the series of the stable version 'old' that availability counts are gone", told.text());
        assertContains("If the stable version was scaled down on purpose, a person has to decide", told.text());
        assertFalse(told.text().contains("in the same minutes"), told.text());
        told.comes("stable");
        healthy(3);
        assertEquals(MeasuringStatus.State.MEASURING, state(), told.text());
        assertFalse(verdict() == Verdict.FAIL, told.text());
    }

    @Test
    void whatACanaryServedWhileNoPodOfThePresentBaselineWasThereIsNotCounted() {
        healthy(2);
        told.leaves("stable");
        for (int i = 0; i < 4; i++) {
            told.poll(15_000, 30_000, 0, 0);
        }
        told.comes("stable-2");
        told.serve("stable-2", 0, 5_000);
        told.poll(15_000, 30_000, 0, 0);
        assertEquals(60_000, told.run.counts("availability").canary().total());
        for (int i = 0; i < 4; i++) {
            told.serve("stable-2", 0, 270_000).poll(1, 30_000, 0, 0);
        }
        assertFalse(verdict() == Verdict.FAIL, told.text());
        assertEquals(180_000, told.run.counts("availability").canary().total());
    }

    @Test
    void aStableVersionThatWasNeverSeenIsOneThatServesNothing() {
        var alone = new ScriptedRun(ScriptedRun.SETTINGS, "old", ScriptedRun.AVAILABILITY);
        alone.serve("a", 0, 0).poll();
        for (int i = 0; i < 3; i++) {
            alone.serve("a", 0, 30_000).poll();
        }
        assertEquals(
                MeasuringStatus.State.MEASURING,
                alone.run.measurement().measuringStatus().state());
        assertContains("the stable version had no requests in the same minutes", alone.text());
    }

    /** One with a bake time of two minutes, and the first reading taken. */
    private static ScriptedRun baking() {
        var timing = ScriptedRun.SETTINGS.timing();
        var settings = ScriptedRun.SETTINGS.withRhythm(new AnalysisTiming(
                timing.poll(),
                timing.window(),
                timing.windowFrom(),
                Duration.ofMinutes(10),
                Duration.ofMinutes(2),
                timing.warmUp()));
        return new ScriptedRun(settings, "old", ScriptedRun.AVAILABILITY)
                .serve("a", 0, 0)
                .serve("stable", 0, 0)
                .poll();
    }

    private void healthy(int polls) {
        healthy(told, polls);
    }

    private static void healthy(ScriptedRun run, int polls) {
        for (int i = 0; i < polls; i++) {
            run.poll(HEALTHY[0], HEALTHY[1], HEALTHY[2], HEALTHY[3]);
        }
    }

    private MeasuringStatus.State state() {
        return told.run.measurement().measuringStatus().state();
    }

    private Verdict verdict() {
        return told.run.status().verdict();
    }
}
