package dev.portcullis.rollback.target.helm;

import dev.portcullis.rollback.plan.Outcome;
import dev.portcullis.rollback.plan.Outcome.Accepted;
import dev.portcullis.rollback.plan.Outcome.Again;
import dev.portcullis.rollback.plan.Outcome.Refused;
import dev.portcullis.rollback.plan.Sighting.OutOfReach;
import dev.portcullis.rollback.target.helm.Helm.UnseenException;
import dev.portcullis.rollback.target.helm.Program.RunException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The next step of a rollback, from what is seen of the release. Helm cannot be told "only if the newest revision is still this one": two at once exclude
 * each other, since both want to make the same next revision, but one that comes late makes one more.
 */
record NextStep(Helm helm, Pin pin, ClusterStart start, Clock clock) {
    /** A process that was stopped for longer between looking and acting looks again. */
    private static final Duration FRESH = Duration.ofSeconds(2);

    private static final Duration SOON = Duration.ofSeconds(1);

    Outcome take() {
        try {
            var history = helm.history();
            var lookedAt = clock.instant();
            var look = new Look(history, pin, helm.settings(), lookedAt);
            var seen = look.sighting();
            if (seen instanceof OutOfReach) {
                return new Refused(seen.text());
            }
            if (look.isDeployed()) {
                return new Accepted(seen.text());
            }
            return look.isHeld() ? new Again(seen.text(), SOON, false, true) : told(lookedAt);
        } catch (UnseenException e) {
            return e.isNotFound()
                    ? new Refused("the release is gone: " + e.text())
                    : again(e.text(), e.answer(), false);
        }
    }

    private Outcome told(Instant lookedAt) {
        if (lookedAt.plus(FRESH).isBefore(clock.instant())) {
            return new Again("the look at the release is too old to act on", Duration.ZERO, false);
        }
        try {
            var answer = helm.rollback(pin.revision());
            return answer.isSuccess()
                    ? new Accepted("helm rolled back to revision " + pin.revision())
                    : again("helm rollback: " + answer.complaint(), answer, mayHaveActed(answer));
        } catch (RunException e) {
            return new Again("helm rollback: " + e.getMessage(), Duration.ZERO, e.hasBegun());
        }
    }

    /** Soon where nobody was there to be told. */
    private Again again(String text, Answer answer, boolean effectUnknown) {
        var starting = start.explains(answer);
        return new Again(
                starting ? text + ClusterStart.WHY : text,
                Duration.ZERO,
                effectUnknown,
                starting || answer.foundNoCluster());
    }

    /** Complaints that helm makes before it changes anything (pkg/action/rollback.go, prepareRollback, and the making of the new revision). */
    private static boolean mayHaveActed(Answer answer) {
        return !(answer.foundNoCluster()
                || answer.complains("release: not found")
                || answer.complains("release has no ")
                || answer.complains("release: already exists"));
    }
}
