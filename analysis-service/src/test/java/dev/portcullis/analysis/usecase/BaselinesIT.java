package dev.portcullis.analysis.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.judge.InvalidPlanException;
import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.query.Arm;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.PreviousRelease;
import dev.portcullis.analysis.run.RequestReusedException;
import dev.portcullis.analysis.slo.BaselineChoice;
import dev.portcullis.analysis.slo.ServiceObjectives;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a canary is compared with, on a real PostgreSQL. */
class BaselinesIT {
    private static final int UNTIL_PASSED = 40;

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aNamedSetIsTheBaselineWhoeverTheCallerNames() {
        compareWith(BaselineChoice.namedSet("role", "twin"));
        var id = UUID.randomUUID();
        var run = start(id, "new", "old");
        assertEquals(new Arm("hash", "new"), run.plan().arms().canary());
        assertEquals(new Arm("role", "twin"), run.plan().arms().baseline());
        assertEquals(run, world.read(run));
        assertEquals(run.id(), start(id, "new", "another").id(), "the caller's stable version takes no part");
        assertThrows(RequestReusedException.class, () -> start(id, "other", "old"));
    }

    @Test
    void withoutAConcurrentBaselineThePreviousReleaseIsKeptBesideThePlan() {
        var first = passed("v1");
        compareWith(BaselineChoice.PREVIOUS_RELEASE);
        var run = start(null, "v2", "v1");
        assertNull(run.plan().arms().baseline());
        var counted = first.counts("checkout-availability").canary();
        assertEquals(
                new PreviousRelease(
                        first.id(),
                        "v1",
                        first.status().endTime(),
                        Map.of("checkout-availability", new Counts(0, counted.total()))),
                run.plan().previous());
        assertEquals(run, world.read(run));
    }

    @Test
    void theStableVersionsOwnRecordComesBeforeALaterOneAndAFailedOneIsNone() {
        var stable = passed("v1");
        passed("v2");
        var failed = start(null, "v3", "v1");
        world.pollBad(20);
        assertEquals(Verdict.FAIL, world.read(failed).status().verdict());
        compareWith(BaselineChoice.PREVIOUS_RELEASE);
        assertEquals(stable.id(), start(null, "v4", "v1").plan().previous().analysis());
        assertEquals("v2", start(null, "v4", "unknown").plan().previous().canary());
        assertEquals("v2", start(null, "v1", null).plan().previous().canary(), "a canary is not its own predecessor");
    }

    @Test
    void aCanaryIsNotItsOwnBaseline() {
        compareWith(BaselineChoice.namedSet("hash", "new"));
        var refused = assertThrows(InvalidPlanException.class, () -> start(null, "new", "old"));
        assertEquals("canary is 'new', must be another than the policy's baselinePods", refused.getMessage());
    }

    @Test
    void withABaselineOrWithoutARecordThereIsNone() {
        assertNull(start(null, "v1", null).plan().previous());
        passed("v1");
        assertNull(start(null, "v2", "v1").plan().previous());
    }

    private AnalysisRun passed(String canary) {
        var run = start(null, canary, "v0");
        world.pollHealthy(UNTIL_PASSED);
        assertEquals(Verdict.PASS, world.read(run).status().verdict());
        world.replica().cancel.cancel(run.id(), "promoted");
        return world.read(run);
    }

    private AnalysisRun start(@Nullable UUID request, String canary, @Nullable String baseline) {
        return world.replica().start.start(new StartAnalysis.Request(request, "checkout", canary, baseline, false, ""));
    }

    private void compareWith(BaselineChoice choice) {
        world.configure(
                new ServiceObjectives("checkout", "hash", choice, List.of(World.availability()), World.SETTINGS));
    }
}
