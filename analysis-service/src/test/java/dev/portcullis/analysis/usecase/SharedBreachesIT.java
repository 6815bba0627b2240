package dev.portcullis.analysis.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.explanation.Explanation;
import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.run.AnalysisState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the default policy makes of breaches: of the canary alone, and of both versions. */
class SharedBreachesIT {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    private void poll(int times, double badOfCanary, double badOfStable) {
        for (var i = 0; i < times; i++) {
            world.poll(badOfCanary, 3_000, badOfStable, 27_000);
        }
    }

    @Test
    void anOutageOfBothVersionsIsHeldUntilTheDeadlineAndSaysWhy() {
        var run = world.start();
        world.pollHealthy(4);
        poll(20, 3_000, 27_000);
        var during = world.read(run);
        assertEquals(Verdict.CONTINUE, during.status().verdict());
        var text = Explanation.of(during);
        assertTrue(text.contains("fails alike"), text);
        assertTrue(text.contains("held, not aborted"), text);
        world.pollHealthy(120);
        var after = world.read(run);
        assertEquals(AnalysisState.CONCLUDED, after.status().state());
        assertEquals(Verdict.INCONCLUSIVE, after.status().verdict());
        assertTrue(Explanation.of(after).contains("held, not aborted"), Explanation.of(after));
    }

    @Test
    void aCanaryThatFailsAloneHasFailedAfterTwoWindows() {
        var run = world.start();
        poll(4, 3_000, 10);
        var failed = world.read(run);
        assertEquals(Verdict.FAIL, failed.status().verdict());
        assertEquals(2, failed.measurement().windowCount());
    }

    @Test
    void aCanaryThatFailsAloneAfterAnOutageOfBothHasFailedAfterThreeMore() {
        var run = world.start();
        world.pollHealthy(4);
        poll(10, 1_500, 13_500);
        world.pollHealthy(10);
        var before = world.read(run).measurement().windowCount();
        poll(6, 3_000, 10);
        var failed = world.read(run);
        assertEquals(Verdict.FAIL, failed.status().verdict());
        assertTrue(failed.measurement().windowCount() - before <= 3);
        assertTrue(
                Explanation.of(failed).contains("the canary failed more than twice as often"), Explanation.of(failed));
    }
}
