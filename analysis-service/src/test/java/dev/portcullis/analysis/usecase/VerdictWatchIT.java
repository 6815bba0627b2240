package dev.portcullis.analysis.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.AnalysisState;
import dev.portcullis.analysis.run.VerdictChange;
import dev.portcullis.analysis.store.PostgresVerdictChanges;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a watcher at one replica is told of what another replica found. */
final class VerdictWatchIT {
    private final World world = new World();
    private final World.Replica other = world.new Replica();
    private final PostgresVerdictChanges changes = new PostgresVerdictChanges(Jdbi.create(other.database.untraced()));

    @AfterEach
    void close() {
        other.close();
        world.close();
    }

    private VerdictWatch watch() {
        return new WatchVerdicts(changes, world.clock).begin();
    }

    private static void assertTold(AnalysisRun run, AnalysisState state, Verdict verdict, List<VerdictChange> told) {
        assertEquals(1, told.size(), told.toString());
        assertEquals(run.id(), told.getFirst().analysis());
        assertEquals("checkout", told.getFirst().service());
        assertEquals(state, told.getFirst().state());
        assertEquals(verdict, told.getFirst().verdict());
    }

    /** Polls until the watcher is told something. */
    private List<VerdictChange> badUntilTold(VerdictWatch watch) {
        for (var poll = 0; poll < 100; poll++) {
            world.pollBad(1);
            var told = watch.look();
            if (!told.isEmpty()) {
                return told;
            }
        }
        throw new AssertionError("nothing was told");
    }

    @Test
    void aFailIsToldOnce() {
        var watch = watch();
        var run = world.start();
        assertTold(run, AnalysisState.CONCLUDED, Verdict.FAIL, badUntilTold(watch));
        world.pollBad(1);
        assertEquals(List.of(), watch.look());
    }

    @Test
    void whoBeginsJustAfterItIsToldToo() {
        var run = world.start();
        badUntilTold(watch());
        assertTold(run, AnalysisState.CONCLUDED, Verdict.FAIL, watch().look());
    }

    @Test
    void startingAndWindowsThatChangeNothingAreNotTold() {
        var watch = watch();
        world.start();
        assertEquals(List.of(), watch.look());
        world.pollHealthy(4);
        assertEquals(List.of(), watch.look());
    }

    @Test
    void aPassACancellationAndWhatComesBetweenAreChangesEach() {
        var watch = watch();
        var run = world.start();
        while (world.read(run).status().verdict() != Verdict.PASS) {
            world.pollHealthy(1);
        }
        assertTold(run, AnalysisState.RUNNING, Verdict.PASS, watch.look());
        world.replica().cancel.cancel(run.id(), "the test wants it");
        assertTold(run, AnalysisState.CANCELLED, Verdict.PASS, watch.look());
    }

    @Test
    void aChangeThatShowsLongAfterItWasWrittenIsToldWhenItShows() throws SQLException {
        var watch = watch();
        var run = world.start();
        try (var connection = other.database.untraced().getConnection();
                var update = connection.prepareStatement(
                        "update analysis set verdict = 'FAIL', verdict_time = clock_timestamp() where id = ?")) {
            connection.setAutoCommit(false);
            update.setObject(1, run.id());
            assertEquals(1, update.executeUpdate());
            assertEquals(List.of(), watch.look());
            assertEquals(List.of(), watch.look());
            connection.commit();
        }
        assertTold(run, AnalysisState.RUNNING, Verdict.FAIL, watch.look());
    }

    @Test
    void whatHappenedWhileTheStoreCouldNotBeReadIsToldAfterwards() {
        var away = new AtomicBoolean();
        var watch = new WatchVerdicts(
                        back -> {
                            if (away.get()) {
                                throw new IllegalStateException("away");
                            }
                            return changes.within(back);
                        },
                        world.clock)
                .begin();
        var run = world.start();
        away.set(true);
        assertThrows(IllegalStateException.class, watch::look);
        badUntilTold(watch());
        world.clock.advance(Duration.ofMinutes(1));
        away.set(false);
        assertTold(run, AnalysisState.CONCLUDED, Verdict.FAIL, watch.look());
    }
}
