package dev.portcullis.gate.flagger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.flagger.FlaggerRollout.State;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which rollout of a Canary a call is about. The orders of the calls are those of Flagger v1.44.0, pkg/controller/scheduler.go. */
final class FlaggerRolloutTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private Optional<FlaggerRollout> kept = Optional.empty();
    private Instant now = START;

    private FlaggerRollout hear(FlaggerHook hook, String phase, String checksum) {
        return hear(hook, phase, checksum, "");
    }

    private FlaggerRollout hear(FlaggerHook hook, String phase, String checksum, String message) {
        now = now.plusSeconds(1);
        kept = FlaggerRollout.after(kept, call(hook, phase, checksum, message, now));
        return kept.orElseThrow();
    }

    private static HookCall call(FlaggerHook hook, String phase, String checksum, String message, Instant received) {
        return new HookCall(
                hook,
                "test",
                "podinfo",
                phase,
                checksum,
                "podinfo",
                "podinfo",
                "podinfo-primary",
                false,
                message,
                received);
    }

    private FlaggerRollout tick(String checksum) {
        hear(FlaggerHook.ROLLBACK, "Progressing", checksum);
        return hear(FlaggerHook.CONFIRM_TRAFFIC_INCREASE, "Progressing", checksum);
    }

    @Test
    void nothingIsKeptBeforeACanaryIsAnalysed() {
        var waiting = call(FlaggerHook.CONFIRM_ROLLOUT, "Initialized", "a", "", START);
        assertEquals(Optional.empty(), FlaggerRollout.after(Optional.empty(), waiting));
        var idle = call(FlaggerHook.ROLLBACK, "Succeeded", "a", "", START);
        assertEquals(Optional.empty(), FlaggerRollout.after(Optional.empty(), idle));
    }

    @Test
    void aRolloutIsOneFromItsFirstTickToItsEnd() {
        var first = tick("a");
        assertEquals(1, first.number());
        assertEquals(first, tick("a"));
        assertEquals(first, hear(FlaggerHook.CONFIRM_PROMOTION, "Progressing", "a"));
        assertEquals(first, hear(FlaggerHook.ROLLBACK, "WaitingPromotion", "a"));
        assertEquals(1, hear(FlaggerHook.POST_ROLLOUT, "Succeeded", "a").number());
        assertEquals(State.ENDED, kept.orElseThrow().state());
    }

    @Test
    void theSameContentAgainIsAnotherRollout() {
        var first = tick("a");
        hear(FlaggerHook.POST_ROLLOUT, "Failed", "a");
        assertEquals(1, hear(FlaggerHook.CONFIRM_ROLLOUT, "Failed", "a").number());
        var again = tick("a");
        assertEquals(2, again.number());
        assertNotEquals(first.key(), again.key());
        assertTrue(again.firstStep());
    }

    @Test
    void theSameContentAgainIsAnotherRolloutThoughNobodyAskedBefore() {
        tick("a");
        hear(FlaggerHook.POST_ROLLOUT, "Failed", "a");
        assertEquals(2, tick("a").number());
    }

    @Test
    void backAndForthAreThreeRollouts() {
        assertEquals(1, tick("a").number());
        assertEquals(2, tick("b").number());
        var third = tick("a");
        assertEquals(3, third.number());
        assertEquals("a.3", third.key().revision());
    }

    @Test
    void aLostReportOfTheEndIsMadeUpByTheNextQuestion() {
        tick("a");
        assertEquals(
                State.CONFIRMING,
                hear(FlaggerHook.CONFIRM_ROLLOUT, "Failed", "a").state());
        assertEquals(2, tick("a").number());
    }

    @Test
    void whileACanaryIsAnalysedNothingAsksForTheNext() {
        tick("a");
        assertEquals(
                State.RUNNING,
                hear(FlaggerHook.CONFIRM_ROLLOUT, "Progressing", "a").state());
    }

    @Test
    void theReportOfAnEndMayComeTwice() {
        tick("a");
        hear(FlaggerHook.POST_ROLLOUT, "Succeeded", "a");
        assertEquals(1, hear(FlaggerHook.POST_ROLLOUT, "Succeeded", "a").number());
    }

    @Test
    void aRolloutWithoutAnalysisIsOneToo() {
        assertEquals(1, hear(FlaggerHook.POST_ROLLOUT, "Succeeded", "a").number());
        hear(FlaggerHook.CONFIRM_ROLLOUT, "Succeeded", "a");
        assertEquals(2, hear(FlaggerHook.POST_ROLLOUT, "Succeeded", "a").number());
        assertEquals(3, hear(FlaggerHook.POST_ROLLOUT, "Succeeded", "b").number());
    }

    @Test
    void theFirstShareOfTrafficIsAskedForAgainAsLongAsThereIsNone() {
        kept = Optional.of(tick("a").withFirstStep(false));
        assertFalse(tick("a").firstStep());
        assertTrue(hear(FlaggerHook.PRE_ROLLOUT, "Progressing", "a").firstStep());
    }

    @Test
    void anEventBeginsARolloutAndTellsTheWeight() {
        assertEquals(
                1,
                hear(FlaggerHook.EVENT, "Progressing", "a", "Starting canary analysis for podinfo.test")
                        .number());
        var advanced = hear(FlaggerHook.EVENT, "Progressing", "a", "Advance podinfo.test canary weight 20");
        assertEquals(20, advanced.weight());
        assertEquals("weight-20", advanced.step(FlaggerHook.ROLLOUT));
        assertEquals(
                20,
                hear(FlaggerHook.EVENT, "Progressing", "a", "Advance podinfo.test primary weight 50")
                        .weight());
    }

    @Test
    void anEventInThePhaseOfBeforeBeginsNothing() {
        tick("a");
        hear(FlaggerHook.POST_ROLLOUT, "Failed", "a");
        var after = hear(FlaggerHook.EVENT, "Progressing", "a", "Rolling back podinfo.test manual webhook invoked");
        assertEquals(1, after.number());
        assertEquals(State.ENDED, after.state());
    }

    @Test
    void anEventThatIsReadLateBeginsNothing() {
        tick("a");
        var late = now;
        tick("b");
        var event = call(FlaggerHook.EVENT, "Progressing", "a", "Advance podinfo.test canary weight 20", late);
        assertEquals(kept, FlaggerRollout.after(kept, event));
    }

    /** The event of a new revision has the checksum of the one before, in phase Progressing. */
    @Test
    void theEventOfANewRevisionAnnouncesTheNextRollout() {
        hear(FlaggerHook.EVENT, "Progressing", "a", "Starting canary analysis for podinfo.test");
        hear(FlaggerHook.POST_ROLLOUT, "Failed", "a");
        var announced = hear(FlaggerHook.EVENT, "Progressing", "a", "New revision detected! Scaling up podinfo.test");
        assertEquals(1, announced.number());
        assertEquals(
                2,
                hear(FlaggerHook.EVENT, "Progressing", "a", "Starting canary analysis for podinfo.test")
                        .number());
    }
}
