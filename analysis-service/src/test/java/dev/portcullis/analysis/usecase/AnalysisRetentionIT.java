package dev.portcullis.analysis.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.analysis.run.AnalysisNotFoundException;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.AnalysisState;
import dev.portcullis.analysis.run.ListPosition;
import dev.portcullis.analysis.run.RunFilter;
import dev.portcullis.analysis.store.AnalysisRetention;
import dev.portcullis.kit.testing.ManualRetention;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Analyses are deleted 13 months after their end, and not one that runs or is still decided by. */
final class AnalysisRetentionIT {
    private final World world = new World();
    private final ManualRetention retention =
            new ManualRetention(world.replica().database, AnalysisRetention.STATEMENTS, "P13M");

    @AfterEach
    void close() {
        world.close();
    }

    private AnalysisRun ended() {
        var run = world.start();
        world.pollHealthy(4);
        return world.replica().cancel.cancel(run.id(), "done");
    }

    private int count(String what) {
        return world.replica().database.jdbi().withHandle(handle -> handle.createQuery("select count(*) from " + what)
                .mapTo(Integer.class)
                .one());
    }

    /** So long ago all ended that have: the database's own clock cannot be turned. */
    private void aged(int months) {
        world.replica()
                .database
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "update analysis set retention_start = retention_start - interval '" + months + " months'"));
    }

    private List<UUID> listed() {
        var found = world.replica().list.list(new RunFilter(null, null, null), null, 200);
        return found.runs().stream().map(AnalysisRun::id).toList();
    }

    @Test
    void anEndedAnalysisGoesWithItsWindowsAfterThirteenMonths() {
        var ended = ended();
        var running = world.start();
        world.pollHealthy(4);
        assertFalse(world.replica().runs.windows(ended.id()).isEmpty());
        var windows = count("analysis_window");

        retention.pass(Period.ofMonths(13).minusDays(1));
        assertEquals(ended.id(), world.read(ended).id());
        // Not just two days: 13 months before the 31st may be the 30th, on which it ended a moment later.
        retention.pass(Period.ofDays(4));
        assertThrows(AnalysisNotFoundException.class, () -> world.read(ended));
        assertEquals(List.of(), world.replica().runs.windows(ended.id()));
        assertEquals(windows, count("analysis_window"), "those of the running one");
        assertEquals(1, retention.deleted("analysis"));
        assertEquals(1, retention.deleted("ended_windows"));
        assertEquals(1, count("stable_history"), "what later analyses begin with stays");
        assertEquals(List.of(running.id()), listed());

        retention.pass(Period.ofYears(2));
        assertEquals(AnalysisState.RUNNING, world.read(running).status().state());
    }

    @Test
    void anAnalysisThatAReleaseIsStillDecidedByStaysAndCountsAnewFromThen() {
        var ended = ended();
        var other = ended();
        aged(12);
        world.replica().get.getForDecision(ended.id());
        retention.pass(Period.ofMonths(2));
        assertThrows(AnalysisNotFoundException.class, () -> world.read(other));
        assertEquals(ended.id(), world.read(ended).id());
        retention.pass(Period.ofMonths(10));
        assertEquals(ended.id(), world.read(ended).id());
        retention.pass(Period.ofMonths(2));
        assertThrows(AnalysisNotFoundException.class, () -> world.read(ended));
    }

    @Test
    void aReadThatIsNoDecisionExtendsNothingAndOneOfARunningAnalysisNeither() {
        var ended = ended();
        var running = world.start();
        world.replica().get.getForDecision(running.id());
        aged(12);
        world.replica().get.get(ended.id());
        retention.pass(Period.ofMonths(2));
        assertThrows(AnalysisNotFoundException.class, () -> world.read(ended));
        assertEquals(running.id(), world.read(running).id());
    }

    @Test
    void pagesGoOnWhileAnalysesAreDeletedInBetween() {
        var all = new ArrayList<UUID>();
        for (var each = 0; each < 6; each++) {
            all.addFirst(ended().id());
            world.clock.advance(World.POLL);
        }
        var first = world.replica().list.list(new RunFilter(null, null, null), null, 2);
        assertEquals(
                all.subList(0, 2), first.runs().stream().map(AnalysisRun::id).toList());
        var next = first.next();
        deleteAtOnce(all.get(1), all.get(2), all.get(5));
        var rest = world.replica()
                .list
                .list(new RunFilter(null, null, null), new ListPosition(next.begin(), next.id()), 10);
        assertEquals(
                all.subList(3, 5), rest.runs().stream().map(AnalysisRun::id).toList());
    }

    /** Their time was over long ago. */
    private void deleteAtOnce(UUID... ids) {
        world.replica().database.jdbi().useHandle(handle -> handle.createUpdate(
                        "update analysis set retention_start = retention_start - interval '20 months' where id = any(:ids)")
                .bindArray("ids", UUID.class, (Object[]) ids)
                .execute());
        retention.deleteAll();
        retention.pass(Period.ofDays(8));
        assertEquals(ids.length, retention.deleted("analysis"));
    }
}
