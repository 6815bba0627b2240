package dev.portcullis.rollback.recovery;

import java.time.Instant;

/**
 * Whoever measures recoveries and judges releases: analysis-service. Thread-safe; every call ends within some seconds, and no call throws for anything that the
 * other side does.
 */
public interface RecoveryAnalyses {
    /**
     * What is known of a recovery now. The first asking begins its measuring, so requests of before do not count; later ones with the same
     * question, also after a crash, go on with the same measuring and never begin another.
     */
    RecoveryResult ask(RecoveryQuestion question);

    /**
     * Ends the measuring of a question whose answer is no longer wanted. Best effort: what cannot be ended ends by itself when its time is
     * over, and one that has ended stays as it is.
     *
     * @param why for people, 1 to 1000 characters
     */
    void end(RecoveryQuestion question, String why);

    /**
     * The newest release of a service, if it began after a moment.
     *
     * @param service e.g. "checkout"
     */
    LaterRelease laterRelease(String service, Instant moment);
}
