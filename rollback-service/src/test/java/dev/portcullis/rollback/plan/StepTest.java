package dev.portcullis.rollback.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StepTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "PENDING, PENDING, false",
        "PENDING, ACTIVE, true",
        "PENDING, DONE, false",
        "PENDING, GIVEN_UP, false",
        "ACTIVE, PENDING, false",
        "ACTIVE, ACTIVE, false",
        "ACTIVE, DONE, true",
        "ACTIVE, GIVEN_UP, true",
        "DONE, PENDING, false",
        "DONE, ACTIVE, false",
        "DONE, DONE, false",
        "DONE, GIVEN_UP, false",
        "GIVEN_UP, PENDING, false",
        "GIVEN_UP, ACTIVE, false",
        "GIVEN_UP, DONE, false",
        "GIVEN_UP, GIVEN_UP, false",
    })
    void aStepGoesOnlyWhereTheTableSays(StepState from, StepState to, boolean legal) {
        assertEquals(legal, from.mayBecome(to));
    }

    @Test
    void aTryIsOfUnknownEffectUntilItsOutcomeIsKnown() {
        var trying = Step.pending(0, StepKind.APPLY).begun(NOW).trying("restored: false");
        assertEquals(Effect.UNKNOWN, trying.effect());
        assertEquals(1, trying.attempts());
        assertEquals(Effect.NONE, trying.tried("refused", Effect.NONE).effect());
        assertEquals(Effect.UNKNOWN, trying.tried("timeout", Effect.UNKNOWN).effect());
        assertEquals(Effect.CHANGED, trying.doneByChange("accepted", NOW).effect());
    }

    @Test
    void whatHasChangedSomethingForCertainStaysSo() {
        var advanced = Step.pending(0, StepKind.APPLY).begun(NOW).trying("a").tried("one of two", Effect.CHANGED);
        assertEquals(Effect.CHANGED, advanced.trying("b").effect());
    }

    @Test
    void aStepNotBegunOrEndedCannotBeTried() {
        var pending = Step.pending(0, StepKind.CONFIRM);
        assertThrows(IllegalStateException.class, () -> pending.looked("x"));
        assertThrows(IllegalStateException.class, () -> pending.done("x", NOW));
        var done = pending.begun(NOW).done("x", NOW);
        assertThrows(IllegalStateException.class, () -> done.trying("x"));
        assertThrows(IllegalStateException.class, () -> done.givenUp("x", NOW));
    }

    @Test
    void theWordsOfStepsAreTheirNamesForEver() {
        assertEquals("apply", StepKind.APPLY.word());
        assertEquals("confirm", StepKind.CONFIRM.word());
        assertEquals("verify", StepKind.VERIFY.word());
        assertEquals(StepKind.CONFIRM, StepKind.of("confirm"));
        assertThrows(IllegalArgumentException.class, () -> StepKind.of("return-traffic"));
    }
}
