package dev.portcullis.gate.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.analysis.AnalysisProgress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What becomes of the rules that questions add for a release. */
final class AddedRuleTest {
    private static final Instant NOW = Instant.parse("2027-01-01T12:00:00Z");
    private static final AddedRule HOUR = new AddedRule("question/bake", "{\"minimumBake\":{\"for\":\"1h\"}}");
    private static final AddedRule SECOND = new AddedRule("question/bake", "{\"minimumBake\":{\"for\":\"1s\"}}");
    private static final AddedRule TWO = new AddedRule("question/approvals", "{\"approvals\":{\"count\":2}}");

    private static ReleaseDetails rules(AddedRule... rules) {
        return ReleaseDetails.NONE.with(List.of(rules));
    }

    private static Release release(ReleaseState state, Optional<Instant> watchedUntil, AddedRule... rules) {
        var start = new ReleaseStart(
                new UUID(1, 2), new ReleaseKey("checkout", "", "", "c1", "r1"), 1, false, "s1", "", NOW, rules(rules));
        return new Release(
                start,
                1,
                state,
                "",
                AnalysisProgress.NEVER,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                state == ReleaseState.OPEN ? Optional.empty() : Optional.of(NOW),
                Optional.empty(),
                RollbackNote.NONE,
                List.of(),
                watchedUntil);
    }

    private static Release open(AddedRule... rules) {
        return release(ReleaseState.OPEN, Optional.empty(), rules);
    }

    @Test
    void aLaterQuestionAddsThoseOfNewNamesBehindThoseOfBefore() {
        var described = open(HOUR).described(rules(HOUR, TWO)).orElseThrow();

        assertEquals(List.of(HOUR, TWO), described.start().details().rules());
    }

    @Test
    void oneThatBringsNoneOrTheSameChangesNothing() {
        assertEquals(Optional.empty(), open(HOUR, TWO).described(ReleaseDetails.NONE));
        assertEquals(Optional.empty(), open(HOUR, TWO).described(rules(TWO)));
    }

    @Test
    void anotherOneOfTheSameNameIsAContradiction() {
        var refused = assertThrows(InvalidFieldException.class, () -> open(HOUR).described(rules(SECOND)));

        assertEquals("rules", refused.field());
        assertTrue(
                refused.fault()
                        .startsWith(
                                "has another 'question/bake' than {\"minimumBake\":{\"for\":\"1h\"}}, which is on record"),
                refused.fault());
    }

    @Test
    void whereNoRuleCanHoldAnythingAnyMoreNoneIsAdded() {
        for (var state :
                List.of(ReleaseState.PROMOTED, ReleaseState.ABORTED, ReleaseState.SUPERSEDED, ReleaseState.EXPIRED)) {
            var ended = release(state, Optional.empty(), HOUR);
            assertEquals(Optional.empty(), ended.described(rules(HOUR)));
            var refused = assertThrows(InvalidFieldException.class, () -> ended.described(rules(TWO)));
            assertTrue(refused.fault().contains("has 'question/approvals', which is not on record"), refused.fault());
            assertTrue(refused.fault().contains("it is " + state + ";"), refused.fault());
        }
        var watched = release(ReleaseState.OPEN, Optional.of(NOW.plusSeconds(60)), HOUR);
        assertEquals(Optional.empty(), watched.described(rules(HOUR)));
        var refused = assertThrows(InvalidFieldException.class, () -> watched.described(rules(TWO)));
        assertTrue(refused.fault().contains("it was promoted;"), refused.fault());
    }

    @Test
    void theAuditLogHasThemWithTheirTexts() {
        assertEquals(
                Map.of("rules", List.of(Map.of("name", "question/bake", "text", HOUR.text()))),
                rules(HOUR).json());
        assertEquals(Map.of(), ReleaseDetails.NONE.json());
    }
}
