package dev.portcullis.analysis.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.run.AnalysisState;
import dev.portcullis.analysis.run.UnreadableRecordException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The windows of an analysis are the same before and after its end, where they are put together. */
final class EndedWindowsIT {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    private int count(String table) {
        return world.replica().database.jdbi().withHandle(handle -> handle.createQuery("select count(*) from " + table)
                .mapTo(Integer.class)
                .one());
    }

    @Test
    void theyAreInOneRowAndNothingOfThemIsLost() {
        var run = world.start();
        world.pollHealthy(8);
        var before = world.replica().runs.windows(run.id());
        assertTrue(before.size() > 2);
        assertEquals(before.size(), count("analysis_window"));

        world.replica().cancel.cancel(run.id(), "done");
        assertEquals(before, world.replica().runs.windows(run.id()));
        assertEquals(0, count("analysis_window"));
        assertEquals(1, count("ended_windows"));
    }

    @Test
    void oneThatIsCancelledBeforeItsFirstWindowHasNone() {
        var run = world.start();
        world.replica().cancel.cancel(run.id(), "done");
        assertTrue(world.replica().runs.windows(run.id()).isEmpty());
        assertEquals(0, count("ended_windows"));
    }

    @Test
    void windowsThatCannotBeReadKeepNoAnalysisFromEndingAndStayAsTheyAre() {
        var run = world.start();
        world.pollHealthy(8);
        var windows = count("analysis_window");
        world.replica()
                .database
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "update analysis_window set counts = replace(counts::text, '\"bad\":', '\"worse\":')::jsonb"));
        world.replica().cancel.cancel(run.id(), "done");
        assertEquals(AnalysisState.CANCELLED, world.read(run).status().state());
        assertEquals(windows, count("analysis_window"));
        assertThrows(UnreadableRecordException.class, () -> world.replica().runs.windows(run.id()));
    }
}
