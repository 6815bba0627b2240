package dev.portcullis.rollback.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecoveryQuestionTest {
    @Test
    void theTimeIsAtLeastAMinuteAndAtMostSixHours() {
        assertEquals(Duration.ofMinutes(1), within(Duration.ofMinutes(1)).within());
        assertEquals(Duration.ofHours(6), within(Duration.ofHours(6)).within());
        var refused = assertThrows(IllegalArgumentException.class, () -> within(Duration.ofSeconds(59)));
        assertEquals("within is PT59S; legal: PT1M to PT6H", refused.getMessage());
        assertThrows(
                IllegalArgumentException.class, () -> within(Duration.ofHours(6).plusNanos(1)));
    }

    private static RecoveryQuestion within(Duration within) {
        return new RecoveryQuestion(new UUID(0, 1), "checkout", "5f6b7", within);
    }
}
