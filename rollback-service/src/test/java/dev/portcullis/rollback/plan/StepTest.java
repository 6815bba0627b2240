package dev.portcullis.rollback.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
        var trying = Step.pending(StepKind.RETURN_TRAFFIC).begun(NOW).trying("restored: false");
        assertTrue(trying.effectUnknown());
        assertEquals(1, trying.attempts());
        assertFalse(trying.tried("refused", false).effectUnknown());
        assertTrue(trying.tried("timeout", true).effectUnknown());
        assertFalse(trying.done("accepted", NOW).effectUnknown());
    }

    @Test
    void aStepNotBegunOrEndedCannotBeTried() {
        var pending = Step.pending(StepKind.VERIFY_TRAFFIC);
        assertThrows(IllegalStateException.class, () -> pending.looked("x"));
        assertThrows(IllegalStateException.class, () -> pending.done("x", NOW));
        var done = pending.begun(NOW).done("x", NOW);
        assertThrows(IllegalStateException.class, () -> done.trying("x"));
        assertThrows(IllegalStateException.class, () -> done.givenUp("x", NOW));
    }

    @Test
    void theWordsOfStepsAreTheirNamesForEver() {
        assertEquals("return-traffic", StepKind.RETURN_TRAFFIC.word());
        assertEquals("verify-traffic", StepKind.VERIFY_TRAFFIC.word());
        assertEquals(StepKind.VERIFY_TRAFFIC, StepKind.of("verify-traffic"));
        assertThrows(IllegalArgumentException.class, () -> StepKind.of("verify"));
    }
}
