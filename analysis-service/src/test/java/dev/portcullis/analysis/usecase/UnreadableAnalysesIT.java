package dev.portcullis.analysis.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.AnalysisState;
import dev.portcullis.analysis.run.RunFilter;
import dev.portcullis.analysis.run.UnreadableRecordException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An analysis of whose record a part cannot be read is not judged without that part, and is not lost; those beside it go on. */
final class UnreadableAnalysesIT {
    private static final String RENAMED = "replace(%1$s::text, '\"%2$s\":', '\"%2$sRequests\":')::jsonb";

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource({
        "counter_state, total, 'field objectives.checkout-availability'",
        "totals, bad, 'field counts.checkout-availability.cuts.[0].'",
        "open_window, bad, 'field counts.checkout-availability.cuts.[0].'",
        "evaluation, failEvidence, 'field judgement.failEvidence'",
        "plan, alpha, 'field settings.strictness.alpha'"
    })
    void aRenamedFieldIsNoZero(String column, String field, String told) {
        var run = world.start();
        var other = world.start();
        world.pollBad(1);
        change(run, column, RENAMED.formatted(column, field));
        var before = row(run);
        world.pollBad(1);
        world.pass(Duration.ofMinutes(2), World.POLL);
        assertEquals(before, row(run), "nothing is written over");
        assertTrue(world.read(other).measurement().windowCount() > 0, "the other one goes on");
        var fault = assertThrows(UnreadableRecordException.class, () -> world.read(run));
        var place = "analysis." + column + " of row " + run.id() + " cannot be read: ";
        assertTrue(fault.why().startsWith(place) && fault.why().contains(told), fault.why());
        assertFalse(fault.newer());
        assertEquals(
                1,
                world.replica()
                        .list
                        .list(new RunFilter(null, null, null), null, 1)
                        .runs()
                        .size());

        change(run, column, "replace(%s::text, '\"%sRequests\":', '\"%s\":')::jsonb".formatted(column, field, field));
        world.pollBad(20);
        assertEquals("FAIL", world.read(run).status().verdict().name(), "the errors of before were not lost");
    }

    @Test
    void aWindowThatCannotBeReadIsNotJudgedAsAnEmptyOne() {
        var run = world.start();
        world.pollBad(2);
        jdbi(
                "update analysis_window set counts = " + RENAMED.formatted("counts", "bad")
                        + " where analysis_id = :id",
                run);
        world.restart();
        world.pollHealthy(8);
        assertEquals("CONTINUE", world.read(run).status().verdict().name());
        assertThrows(UnreadableRecordException.class, () -> world.replica().runs.windows(run.id()));
    }

    @Test
    void whatANewerVersionWroteIsLeftAloneAndStaysDue() {
        var run = world.start();
        world.pollHealthy(1);
        change(run, "totals", "jsonb_set(totals, '{version}', '3')");
        var before = row(run);
        world.pollHealthy(4);
        assertEquals(before, row(run));
        var fault = assertThrows(UnreadableRecordException.class, () -> world.read(run));
        assertTrue(fault.newer());
        assertTrue(fault.why().contains("analysis.totals of row " + run.id() + " is of version 3"), fault.why());

        change(run, "totals", "jsonb_set(totals, '{version}', '2')");
        world.clock.advance(Duration.ofMinutes(1));
        world.pollHealthy(2);
        assertTrue(world.read(run).measurement().windowCount() > 0);
    }

    @Test
    void oneThatCannotBeReadEndsWhenItIsCancelledAndItsRecordStays() {
        var run = world.start();
        world.pollHealthy(1);
        change(run, "totals", RENAMED.formatted("totals", "bad"));
        var before = record(run);
        var fault = assertThrows(
                UnreadableRecordException.class,
                () -> world.replica().cancel.cancel(run.id(), "the release\0 is closed"));
        assertTrue(fault.why().endsWith("; it has ended all the same, and its record stays as it is"), fault.why());
        assertEquals(before, record(run));
        world.pass(Duration.ofMinutes(2), World.POLL);
        assertEquals(List.of(), world.replica().runs.due(world.clock.instant(), 1));
        assertThrows(
                UnreadableRecordException.class, () -> world.replica().cancel.cancel(run.id(), "once more"));

        change(run, "totals", "replace(totals::text, '\"badRequests\":', '\"bad\":')::jsonb");
        var mended = world.read(run).status();
        assertEquals(AnalysisState.CANCELLED, mended.state());
        assertEquals("the release\\u0000 is closed", mended.cancelReason());
    }

    @Test
    void whatANewerVersionWroteIsNotCancelled() {
        var run = world.start();
        world.pollHealthy(1);
        change(run, "totals", "jsonb_set(totals, '{version}', '3')");
        var before = row(run);
        var fault = assertThrows(
                UnreadableRecordException.class,
                () -> world.replica().cancel.cancel(run.id(), "the release is closed"));
        assertTrue(fault.newer());
        assertTrue(fault.why().contains("; it was not cancelled: cancel it again once"), fault.why());
        assertEquals(before, row(run));
    }

    @Test
    void aHistoryThatCannotBeReadIsMeasuredAnew() {
        var run = world.start();
        world.pollHealthy(4);
        world.replica().cancel.cancel(run.id(), "enough");
        var before = Objects.requireNonNull(world.start().plan().history());
        jdbi(
                "update stable_history set history = " + RENAMED.formatted("history", "windows")
                        + " where service = (select service from analysis where id = :id)",
                run);
        var after = Objects.requireNonNull(world.start().plan().history());
        assertEquals(before.objectives(), after.objectives());
    }

    @Test
    void aFaultWithControlCharactersEndsNoStart() {
        world.reader.breakDown("not a page: \0\u001f\u008b");
        var run = world.start();
        assertEquals(
                "not a page: \\u0000\\u001f\\u008b",
                world.read(run).measurement().measuringStatus().detail());
    }

    private void change(AnalysisRun run, String column, String value) {
        jdbi("update analysis set %s = %s where id = :id".formatted(column, value), run);
    }

    private void jdbi(String sql, AnalysisRun run) {
        world.replica()
                .database
                .jdbi()
                .useHandle(handle ->
                        assertTrue(handle.createUpdate(sql).bind("id", run.id()).execute() > 0));
    }

    /** But for when it is polled next. */
    private String row(AnalysisRun run) {
        return without(run, "'next_poll_at'");
    }

    /** But for what tells whether it runs. */
    private String record(AnalysisRun run) {
        return without(
                run,
                "array['state', 'cancel_reason', 'update_time', 'end_time', 'next_poll_at', 'verdict_time', 'version', 'changed']");
    }

    private String without(AnalysisRun run, String columns) {
        return world.replica().database.jdbi().withHandle(handle -> handle.createQuery(
                        "select (to_jsonb(a) - %s)::text from analysis a where id = :id".formatted(columns))
                .bind("id", run.id())
                .mapTo(String.class)
                .one());
    }
}
