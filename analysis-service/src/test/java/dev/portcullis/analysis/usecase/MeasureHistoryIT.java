package dev.portcullis.analysis.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.AnalysisState;
import dev.portcullis.analysis.slo.ClusterSize;
import dev.portcullis.analysis.slo.Provenance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MeasureHistoryIT {
    private static final int MOST_POLLS = 130;

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void whatTheStableVersionDidBesidePastCanariesSetsTheClusterSizeOfTheNextOne() {
        world.configure(World.SETTINGS.withClusterSize(new ClusterSize(5, Provenance.NOT_MEASURED_YET)));
        var first = world.start();
        assertNull(first.plan().history());
        assertEquals(
                Provenance.NOT_MEASURED_YET,
                first.plan().settings().clusterSize().from());
        runToTheEnd(first);
        var second = world.start();
        var afterOne = second.plan().history().objectives().getFirst();
        assertFalse(afterOne.suffices(), "60 windows are too few");
        assertEquals(5, second.plan().settings().clusterSize().requests());
        runToTheEnd(second);
        world.restart();
        var third = world.read(world.start());
        var afterTwo = third.plan().history().objectives().getFirst();
        assertEquals(120, afterTwo.windows());
        // Errors come ten at a time in every fourth window: 0, 0, 0, 10 around a mean of 2.5.
        assertEquals(7.5, afterTwo.dispersion(), 0.2);
        assertEquals(
                new ClusterSize(8, Provenance.MEASURED), third.plan().settings().clusterSize());
    }

    @Test
    void aCancelledAnalysisIsPastToo() {
        var run = world.start();
        world.pollHealthy(8);
        world.replica().cancel.cancel(run.id(), "promoted");
        assertTrue(world.replica().histories.find("checkout").isPresent());
        assertEquals(4, world.replica().histories.windows("checkout", 100).size());
        assertTrue(world.replica().histories.find("unknown").isEmpty());
    }

    private void runToTheEnd(AnalysisRun run) {
        for (var i = 0; i < MOST_POLLS && world.read(run).isRunning(); i++) {
            world.poll(0, 100, i % 8 == 1 ? 10 : 0, 900);
        }
        assertEquals(AnalysisState.CONCLUDED, world.read(run).status().state());
    }
}
