package dev.portcullis.rollback.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.rollback.lifecycle.Lease;
import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.lifecycle.RollbackEvent;
import dev.portcullis.rollback.lifecycle.RollbackState;
import dev.portcullis.rollback.plan.ApplyResult.Accepted;
import dev.portcullis.rollback.plan.ApplyResult.Again;
import dev.portcullis.rollback.plan.ApplyResult.Refused;
import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.plan.TargetObservation.NotRestored;
import dev.portcullis.rollback.plan.TargetObservation.Restored;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When word of a rollback is left at its target, and that nothing depends on it. */
final class AnnounceTest {
    private static final NotRestored NOT_YET = new NotRestored("aborted: false");
    private static final Restored BACK = new Restored("aborted: true");
    private static final String DENIED = "no word of it at the Rollout: answered 403";

    private final MemoryRollbacks store = new MemoryRollbacks();
    private final ScriptedTarget target = new ScriptedTarget();
    private final ManualClock clock = new ManualClock();
    private final ExecuteRollback execute =
            new ExecuteRollback(store, List.of(target), new ScriptedAnalyses(), Backoff.standard(() -> 0), clock);

    private Rollback end(Mode mode) {
        store.admit(SampleRollbacks.planned(clock.now, mode, SampleRollbacks.NO_CHECK, "scripted"));
        for (var runs = 0; runs < 1_000; runs++) {
            var result = execute.attempt(store.latest(), new Lease("this run", 1));
            if (result.next().isEmpty()) {
                return store.latest();
            }
            clock.now = result.next().get();
        }
        throw new AssertionError("no end: " + store.latest());
    }

    private long linesWith(String text) {
        return store.lines.stream()
                .map(RollbackEvent::detail)
                .filter(detail -> detail.contains(text))
                .count();
    }

    @Test
    void wordIsLeftOnceWhenTheTargetHasNothingLeftToBeTold() {
        target.shows(NOT_YET, NOT_YET, BACK).answers(new Again("refused", Duration.ZERO, false), new Accepted("taken"));
        assertEquals(RollbackState.SUCCEEDED, end(Mode.LIVE).state());
        assertEquals(List.of(target.keys.getFirst()), target.announced);
        assertEquals(0, linesWith("no word"));
    }

    @Test
    void wordIsLeftAlsoWhenSomebodyElseHasDoneIt() {
        target.shows(BACK);
        assertEquals(RollbackState.SUCCEEDED, end(Mode.LIVE).state());
        assertEquals(List.of(), target.keys);
        assertEquals(1, target.announced.size());
    }

    @Test
    void wordIsLeftAgainWhenTheRestoredPodsGoByAnotherName() {
        target.shows(NOT_YET, new Restored("on renamed", "renamed")).answers(new Accepted("taken"));
        assertEquals(RollbackState.SUCCEEDED, end(Mode.LIVE).state());
        assertEquals(List.of("", "renamed"), target.named);
        assertEquals(1, Set.copyOf(target.announced).size());
    }

    @Test
    void wordIsNotLeftAgainWhenTheyHaveTheNameThatWasOrdered() {
        var ordered = SampleRollbacks.ORDER.to();
        target.shows(NOT_YET, new Restored("on " + ordered, ordered)).answers(new Accepted("taken"));
        assertEquals(RollbackState.SUCCEEDED, end(Mode.LIVE).state());
        assertEquals(List.of(""), target.named);
    }

    @Test
    void wordThatCannotBeLeftAgainIsToldAndStopsNothing() {
        target.shows(NOT_YET, new Restored("on renamed", "renamed")).answers(new Accepted("taken"));
        target.unsaid = () -> target.named.size() == 2 ? Optional.of(DENIED) : Optional.empty();
        assertEquals(RollbackState.SUCCEEDED, end(Mode.LIVE).state());
        assertEquals(1, linesWith("on renamed; " + DENIED));
    }

    @Test
    void wordThatCannotBeLeftIsToldOnceAndStopsNothing() {
        target.unsaid = () -> Optional.of(DENIED);
        target.shows(NOT_YET, BACK).answers(new Accepted("taken"));
        assertEquals(RollbackState.SUCCEEDED, end(Mode.LIVE).state());
        assertEquals(1, linesWith(DENIED));
        assertEquals(1, linesWith("taken; " + DENIED));
    }

    @Test
    void aFaultOfTheTargetItselfStopsNothing() {
        target.unsaid = () -> {
            throw new IllegalStateException("unforeseen");
        };
        target.shows(NOT_YET, BACK).answers(new Accepted("taken"));
        assertEquals(RollbackState.SUCCEEDED, end(Mode.LIVE).state());
        assertEquals(1, linesWith("failed by a fault of this service: IllegalStateException"));
    }

    @Test
    void aRehearsalAndARefusalLeaveNoWord() {
        target.shows(NOT_YET);
        end(Mode.DRY_RUN);
        assertEquals(List.of(), target.announced);
        target.answers(new Refused("answered 403"));
        assertEquals(RollbackState.FAILED, end(Mode.LIVE).state());
        assertTrue(target.announced.isEmpty());
    }
}
