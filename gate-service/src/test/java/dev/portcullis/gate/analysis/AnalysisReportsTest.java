package dev.portcullis.gate.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is known of analyses, with a clock turned by hand. */
final class AnalysisReportsTest {
    private long now = 1_000_000_000_000L;
    private final AnalysisReports reports = new AnalysisReports(() -> now, 3);

    private static AnalysisReport report(String name, long revision, Verdict verdict) {
        return new AnalysisReport(
                name,
                revision,
                verdict == Verdict.FAIL ? AnalysisState.CONCLUDED : AnalysisState.RUNNING,
                Judge.SEQUENTIAL,
                verdict,
                MeasuringState.MEASURING,
                "",
                new AnalysisProgress(1, Instant.EPOCH),
                Instant.EPOCH,
                Set.of(),
                Set.of(),
                false,
                CanaryTraffic.NONE,
                Figures.NONE,
                "",
                () -> "{}");
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private void look() {
        reports.currentAsOf(now);
    }

    private Optional<Long> revision(String name) {
        return reports.find(name).map(AnalysisReport::revision);
    }

    @Test
    void nothingIsKnownBeforeTheFirstLook() {
        reports.tell(List.of(report("a", 1, Verdict.CONTINUE)), List.of());
        assertEquals(Optional.empty(), reports.find("a"));
        look();
        assertEquals(Optional.of(1L), revision("a"));
    }

    @Test
    void whatWasToldIsGoodForAWhileAfterTheLatestLookBegan() {
        look();
        reports.tell(List.of(report("a", 1, Verdict.CONTINUE)), List.of());
        pass(AnalysisReports.GOOD_FOR);
        assertTrue(reports.isCurrent());
        assertEquals(Optional.of(1L), revision("a"));
        pass(Duration.ofNanos(1));
        assertFalse(reports.isCurrent());
        assertEquals(Optional.empty(), reports.find("a"));
        look();
        assertEquals(Optional.of(1L), revision("a"), "nothing has changed since");
    }

    @Test
    void aLookThatComesLateIsAsOldAsItIs() {
        reports.currentAsOf(now - AnalysisReports.GOOD_FOR.toNanos() - 1);
        assertFalse(reports.isCurrent());
    }

    @Test
    void aLookOfTheFutureIsOneOfNow() {
        reports.currentAsOf(now + Duration.ofHours(1).toNanos());
        pass(AnalysisReports.GOOD_FOR.plusNanos(1));
        assertFalse(reports.isCurrent());
    }

    @Test
    void anOlderRevisionNeverReplacesANewerOne() {
        look();
        reports.tell(List.of(report("a", 5, Verdict.FAIL)), List.of());
        assertEquals(List.of(), reports.tell(List.of(report("a", 4, Verdict.CONTINUE)), List.of()));
        reports.keep(report("a", 3, Verdict.CONTINUE), reports.ticket());
        assertEquals(Optional.of(5L), revision("a"));
    }

    @Test
    void onlyAnotherVerdictOrStateIsATurn() {
        look();
        var first = report("a", 1, Verdict.CONTINUE);
        assertEquals(List.of(first), reports.tell(List.of(first), List.of()), "nothing was known of it");
        assertEquals(List.of(), reports.tell(List.of(report("a", 2, Verdict.CONTINUE)), List.of()));
        var pass = report("a", 3, Verdict.PASS);
        assertEquals(List.of(pass), reports.tell(List.of(pass), List.of()));
        assertEquals(List.of(), reports.tell(List.of(pass), List.of()), "told again");
    }

    @Test
    void whatIsLostIsNotKnown() {
        look();
        reports.tell(List.of(report("a", 1, Verdict.CONTINUE)), List.of());
        reports.tell(List.of(), List.of("a"));
        assertEquals(Optional.empty(), reports.find("a"));
    }

    @Test
    void anAnswerIsKeptOnlyUnderTheFeedItWasAskedUnder() {
        var beforeAny = reports.ticket();
        look();
        reports.keep(report("a", 1, Verdict.CONTINUE), beforeAny);
        assertEquals(Optional.empty(), reports.find("a"), "what changed before the first look was not told");

        var asked = reports.ticket();
        reports.forget();
        look();
        reports.keep(report("a", 1, Verdict.CONTINUE), asked);
        assertEquals(Optional.empty(), reports.find("a"), "what changed in the gap was not told");

        reports.keep(report("a", 2, Verdict.CONTINUE), reports.ticket());
        assertEquals(Optional.of(2L), revision("a"));
    }

    @Test
    void aFeedThatEndsTakesAllKnowledgeAlong() {
        look();
        reports.tell(List.of(report("a", 1, Verdict.CONTINUE)), List.of());
        reports.forget();
        assertFalse(reports.isCurrent());
        look();
        assertTrue(reports.isCurrent());
        assertEquals(Optional.empty(), reports.find("a"));
    }

    @Test
    void thoseUsedLastStay() {
        look();
        for (var name : List.of("a", "b", "c")) {
            reports.tell(List.of(report(name, 1, Verdict.CONTINUE)), List.of());
        }
        reports.find("a");
        reports.tell(List.of(report("d", 1, Verdict.CONTINUE)), List.of());
        assertEquals(Optional.empty(), reports.find("b"));
        for (var name : List.of("a", "c", "d")) {
            assertEquals(Optional.of(1L), revision(name));
        }
    }
}
