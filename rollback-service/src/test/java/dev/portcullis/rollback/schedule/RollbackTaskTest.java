package dev.portcullis.rollback.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.rollback.lifecycle.RollbackState;
import dev.portcullis.rollback.plan.Mode;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

final class RollbackTaskTest {
    @Test
    void anEndThatNeedsAPersonIsAWarningAndOneOfADrillIsNot() {
        for (var state : EnumSet.of(RollbackState.NEEDS_HUMAN, RollbackState.FAILED)) {
            assertEquals(Level.WARN, RollbackTask.endLevel(state, Mode.LIVE));
            assertEquals(Level.INFO, RollbackTask.endLevel(state, Mode.DRY_RUN));
            assertEquals(Level.INFO, RollbackTask.endLevel(state, Mode.STAGING));
        }
        for (var state : EnumSet.of(RollbackState.SUCCEEDED, RollbackState.CANCELLED)) {
            assertEquals(Level.INFO, RollbackTask.endLevel(state, Mode.LIVE));
        }
    }
}
