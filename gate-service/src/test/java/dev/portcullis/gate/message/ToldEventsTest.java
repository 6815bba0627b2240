package dev.portcullis.gate.message;

import static dev.portcullis.gate.message.MessageEvent.PROMOTION_WAITS;
import static dev.portcullis.gate.message.MessageEvent.RELEASE_ABORTED;
import static dev.portcullis.gate.message.MessageEvent.RELEASE_ENDED;
import static dev.portcullis.gate.message.MessageEvent.RELEASE_FAILED;
import static dev.portcullis.gate.message.MessageEvent.RELEASE_PROMOTED;
import static dev.portcullis.gate.message.MessageEvent.ROLLBACK_CANCELLED;
import static dev.portcullis.gate.message.MessageEvent.ROLLBACK_NEEDS_HUMAN;
import static dev.portcullis.gate.message.MessageEvent.ROLLBACK_SUCCEEDED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ToldEventsTest {
    private static ToldEvents told(MessageEvent... events) {
        return new ToldEvents(List.of(events));
    }

    @Test
    void whatIsWantedIsToldOnce() {
        for (var event : MessageEvent.values()) {
            assertTrue(told().lacks(event, true), event::word);
            assertFalse(told(event).lacks(event, true), event::word);
            assertFalse(told().lacks(event, false), event::word);
        }
    }

    @Test
    void whoWasToldOfSomethingOpenIsToldItsEnd() {
        assertTrue(told(PROMOTION_WAITS).lacks(RELEASE_PROMOTED, false));
        assertTrue(told(PROMOTION_WAITS).lacks(RELEASE_ENDED, false));
        assertTrue(told(PROMOTION_WAITS).lacks(RELEASE_ABORTED, false));
        assertTrue(told(ROLLBACK_NEEDS_HUMAN).lacks(ROLLBACK_SUCCEEDED, false));
        assertTrue(told(RELEASE_ABORTED).lacks(ROLLBACK_CANCELLED, false));
        assertFalse(told(PROMOTION_WAITS, RELEASE_PROMOTED).lacks(RELEASE_ENDED, false));
        assertFalse(told(PROMOTION_WAITS).lacks(ROLLBACK_SUCCEEDED, false));
    }

    /** Once its rollback has ended, an aborted release may be promoted against its FAIL. */
    @Test
    void aPromotionEndsWhateverIsOpen() {
        var open = Set.of(RELEASE_ABORTED, ROLLBACK_NEEDS_HUMAN);
        assertEquals(open, told(RELEASE_ABORTED, ROLLBACK_NEEDS_HUMAN).endedBy(RELEASE_PROMOTED));
        assertEquals(Set.of(RELEASE_FAILED), told(RELEASE_FAILED).endedBy(RELEASE_ABORTED));
    }

    @Test
    void whatOpensAgainIsToldAgain() {
        assertTrue(told(PROMOTION_WAITS, RELEASE_PROMOTED).lacks(PROMOTION_WAITS, true));
        assertFalse(told(PROMOTION_WAITS, RELEASE_PROMOTED, PROMOTION_WAITS).lacks(PROMOTION_WAITS, true));
        assertTrue(told(PROMOTION_WAITS, RELEASE_PROMOTED, PROMOTION_WAITS).lacks(RELEASE_PROMOTED, false));
    }

    @Test
    void aRecoveryEndsAllThatIsOpen() {
        var all = told(RELEASE_ABORTED, ROLLBACK_NEEDS_HUMAN);
        assertEquals(Set.of(RELEASE_ABORTED, ROLLBACK_NEEDS_HUMAN), all.endedBy(ROLLBACK_SUCCEEDED));
        assertEquals(Set.of(), all.endedBy(ROLLBACK_CANCELLED), "a person has cancelled it, and is there");
        assertEquals(Set.of(), told(RELEASE_ABORTED, ROLLBACK_SUCCEEDED).endedBy(ROLLBACK_SUCCEEDED));
    }
}
