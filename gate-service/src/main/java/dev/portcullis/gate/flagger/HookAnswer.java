package dev.portcullis.gate.flagger;

/**
 * What Flagger is told.
 *
 * @param text for people; Flagger shows it of a HOLD of the hooks rollout, pre-rollout and post-rollout, and of no other answer
 */
public record HookAnswer(Kind kind, String text) {
    /** What Flagger does with it. */
    public enum Kind {
        /** A success: Flagger goes on; on the hook rollback it rolls back. */
        GO,
        /** A refusal, which Flagger does not repeat before its next look. */
        HOLD,
        /** Could not be recorded: Flagger is to send it again, as often as the hook's {@code retries} say. */
        RETRY
    }

    public static HookAnswer go(String text) {
        return new HookAnswer(Kind.GO, text);
    }

    public static HookAnswer hold(String text) {
        return new HookAnswer(Kind.HOLD, text);
    }

    public static HookAnswer retry(String text) {
        return new HookAnswer(Kind.RETRY, text);
    }
}
