package dev.portcullis.gate.rollback;

import java.time.Instant;
import java.util.List;

/**
 * What a rollback would do, looked at and pinned by rollback-service but not started.
 *
 * @param token starts exactly this, until it expires
 * @param service the service
 * @param from the bad revision
 * @param to the good revision
 * @param reason why
 * @param stages what would be done, in order
 * @param looked when the targets were looked at
 * @param expires from when on the token starts nothing
 */
public record PreparedRollback(
        String token,
        String service,
        String from,
        String to,
        String reason,
        List<PreparedStage> stages,
        Instant looked,
        Instant expires) {
    /** Keeps its own copy. */
    public PreparedRollback {
        stages = List.copyOf(stages);
    }

    /**
     * What would be done to one target.
     *
     * @param target its kind, e.g. "argo-rollouts"
     * @param identity what is acted on
     * @param current where it is now, in one line
     * @param goal where it will be, in one line
     * @param restored whether it is there already
     * @param command what a person would do by hand
     * @param preconditions what else was looked at
     */
    public record PreparedStage(
            String target,
            String identity,
            String current,
            String goal,
            boolean restored,
            String command,
            List<Precondition> preconditions) {
        /** Keeps its own copy. */
        public PreparedStage {
            preconditions = List.copyOf(preconditions);
        }
    }

    /**
     * Something that people should know before.
     *
     * @param id what it is about
     * @param met whether it is as it should be; otherwise it is a warning
     * @param text what was seen, in one line
     */
    public record Precondition(String id, boolean met, String text) {}
}
