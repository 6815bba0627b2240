package dev.portcullis.analysis.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.AnalysisState;
import dev.portcullis.analysis.run.MeasuringStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Readings that could not be had, and what comes of them. */
final class FailedReadingsIT {
    private static final String SLO = "checkout-availability";

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void anUnreachableSourceFoldsNothingAndTheNextWindowIsLarger() {
        var run = world.start();
        world.pollHealthy(2);
        world.reader.breakDown("connection refused");
        world.pollHealthy(3);
        var blind = world.read(run);
        assertEquals(
                new MeasuringStatus(MeasuringStatus.State.UNREACHABLE, "connection refused", List.of()),
                blind.measurement().measuringStatus());
        assertEquals(1, blind.measurement().windowCount());
        assertEquals(counts(0, 6_000, 2, 54_000), blind.counts(SLO));
        assertEquals(Verdict.CONTINUE, blind.status().verdict());
        world.reader.recover();
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
                MeasuringStatus.State.MEASURING,
                world.read(run).measurement().measuringStatus().state());
        assertEquals(
                3, world.registry.counter("portcullis.analysis.unreachable").count());
    }

    @Test
    void theDeadlineComesThoughTheSourceIsUnreachableAndWhatWasReadIsJudged() {
        var run = world.start();
        world.pollHealthy(3);
        world.reader.breakDown("connection refused");
        world.pollHealthy(117);
        var ended = world.read(run);
        assertEquals(AnalysisState.CONCLUDED, ended.status().state());
        assertEquals(Verdict.INCONCLUSIVE, ended.status().verdict());
        var windows = world.replica().runs.windows(run.id());
        assertEquals(2, windows.size());
        assertEquals(
                counts(0, 3_000, 1, 27_000), windows.getLast().counts().get(SLO).at(0));
    }

    @Test
    void aSourceUnreachableAtTheStartMakesTheFirstSuccessfulReadingTheStartingPoint() {
        world.reader.breakDown("connection refused");
        var run = world.start();
        assertEquals(
                MeasuringStatus.State.UNREACHABLE,
                run.measurement().measuringStatus().state());
        world.pollBad(2);
        world.reader.recover();
        world.pollBad(1);
        assertEquals(0, total(world.read(run)));
        world.pollBad(1);
        assertEquals(3_000, total(world.read(run)));
    }

    @Test
    void aFaultWhileReadingCountsAsAFailedReadingAndTheDeadlineStillComes() {
        var run = world.start();
        world.reader.throwAtEachReading(new IllegalStateException("boom"));
        world.pollHealthy(1);
        var blind = world.read(run);
        assertEquals(
                MeasuringStatus.State.UNREACHABLE,
                blind.measurement().measuringStatus().state());
        assertTrue(blind.measurement().measuringStatus().detail().contains("IllegalStateException"));
        world.pollHealthy(119);
        assertFalse(world.read(run).isRunning());
    }

    private static double total(AnalysisRun run) {
        return run.counts(SLO).canary().total();
    }

    private static ArmCounts counts(double bad, double total, double baselineBad, double baselineTotal) {
        return new ArmCounts(new Counts(bad, total), new Counts(baselineBad, baselineTotal));
    }
}
