package dev.portcullis.rollback.targets.helm;

import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.ApplyResult.Accepted;
import dev.portcullis.rollback.plan.ApplyResult.Again;
import dev.portcullis.rollback.plan.ApplyResult.Refused;
import dev.portcullis.rollback.plan.TargetObservation.OutOfReach;
import dev.portcullis.rollback.targets.helm.Helm.NoResultException;
import dev.portcullis.rollback.targets.helm.Program.RunException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The next step of a rollback, from what is seen of the release. Helm cannot be told "only if the newest revision is still this one": two at once exclude
 * each other, since both want to make the same next revision, but one that comes late makes one more.
 */
record HelmAction(Helm helm, ReleasePin pin, ClusterStart start, Clock clock) {
    /** A process that was stopped for longer between looking and acting looks again. */
    private static final Duration FRESH = Duration.ofSeconds(2);

    private static final Duration SOON = Duration.ofSeconds(1);

    ApplyResult take() {
        try {
            var history = helm.history();
            var lookedAt = clock.instant();
            var comparison = new ReleaseComparison(history, pin, helm.settings(), lookedAt);
            var seen = comparison.observation();
            if (seen instanceof OutOfReach) {
                return new Refused(seen.text());
            }
            if (comparison.isDeployed()) {
                return new Accepted(seen.text());
            }
            return comparison.isHeld() ? new Again(seen.text(), SOON, false, true) : told(lookedAt);
        } catch (NoResultException e) {
            return e.isNotFound()
                    ? new Refused("the release is gone: " + e.text())
                    : again(e.text(), e.result(), false);
        }
    }

    private ApplyResult told(Instant lookedAt) {
        if (lookedAt.plus(FRESH).isBefore(clock.instant())) {
            return new Again("the look at the release is too old to act on", Duration.ZERO, false);
        }
        try {
            var result = helm.rollback(pin.revision());
            return result.isSuccess()
                    ? new Accepted("helm rolled back to revision " + pin.revision())
                    : again("helm rollback: " + result.complaint(), result, mayHaveActed(result));
        } catch (RunException e) {
            return new Again("helm rollback: " + e.getMessage(), Duration.ZERO, e.hasBegun());
        }
    }

    /** Soon where nobody was there to be told. */
    private Again again(String text, ProgramResult result, boolean effectUnknown) {
        var starting = start.explains(result);
        return new Again(
                starting ? text + ClusterStart.WHY : text,
                Duration.ZERO,
                effectUnknown,
                starting || result.foundNoCluster());
    }

    /** Complaints that helm makes before it changes anything (pkg/action/rollback.go, prepareRollback, and the making of the new revision). */
    private static boolean mayHaveActed(ProgramResult result) {
        return !(result.foundNoCluster()
                || result.complains("release: not found")
                || result.complains("release has no ")
                || result.complains("release: already exists"));
    }
}
