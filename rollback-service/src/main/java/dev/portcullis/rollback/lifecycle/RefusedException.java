package dev.portcullis.rollback.lifecycle;

import dev.portcullis.rollback.plan.Readiness;
import dev.portcullis.rollback.plan.TargetSettings;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** A rollback that was not prepared or not started, why, and what to do. Nothing was done. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Refusal refusal;
    private final Map<String, String> about;

    private RefusedException(Refusal refusal, String text, Map<String, String> about) {
        super(text);
        this.refusal = refusal;
        this.about = Map.copyOf(about);
    }

    public Refusal refusal() {
        return refusal;
    }

    /** What it is about, by names such as service, rollback, target, token. */
    public Map<String, String> about() {
        return about;
    }

    /** No policy names a target. */
    public static RefusedException noTarget(String service, String section) {
        return new RefusedException(
                Refusal.NO_ROLLBACK_TARGET,
                "no ReleasePolicy of service '" + service + "' has a rollback target; nothing was started: add "
                        + section + " to its policy",
                Map.of("service", service));
    }

    /** Somebody else's active rollback. */
    public static RefusedException inTheWay(Admission.ServiceBusy busy) {
        var active = busy.active();
        var service = active.order().service();
        return new RefusedException(
                Refusal.ROLLBACK_IN_PROGRESS,
                active.name() + " of service '" + service + "' is still " + active.state()
                        + "; nothing was started: wait for its end, or cancel it",
                Map.of("service", service, "rollback", active.name()));
    }

    /** Somebody else's active rollback of another service on the same target. */
    public static RefusedException inTheWay(Admission.TargetBusy busy) {
        var active = busy.active();
        return new RefusedException(
                Refusal.TARGET_BUSY,
                "target '" + busy.identity() + "' is being acted on by " + active.name() + " of service '"
                        + active.order().service() + "'; nothing was started: wait for its end",
                Map.of("target", busy.identity(), "rollback", active.name()));
    }

    /** A target that cannot be rolled back. */
    public static RefusedException blocked(TargetSettings target, Readiness.Blocked blocked) {
        return new RefusedException(
                Refusal.of(blocked.obstacle()),
                target.identity() + ": " + blocked.text() + "; nothing was started",
                Map.of("target", target.identity()));
    }

    /** A target that cannot be looked at. */
    public static RefusedException unreachable(TargetSettings target, String why) {
        return new RefusedException(
                Refusal.TARGET_UNREACHABLE,
                target.identity() + " cannot be looked at: " + why + "; nothing was started: try again",
                Map.of("target", target.identity()));
    }

    /** A plan of optional stages none of which can be prepared. */
    public static RefusedException nothingLeft(StageOutlook last) {
        return unreachable(last.target(), last.now().text());
    }

    /** Targets that are all where they should be. */
    public static RefusedException alreadyRestored(Preparation preparation) {
        return new RefusedException(
                Refusal.ALREADY_RESTORED,
                "service '" + preparation.order().service() + "' is on "
                        + preparation.order().to() + " already ("
                        + preparation.outlooks().getLast().now().text()
                        + "); nothing was started: set allow_restored to have only recovery verified",
                Map.of("service", preparation.order().service()));
    }

    /** A token nobody was given. */
    public static RefusedException unknownToken(UUID token) {
        return new RefusedException(
                Refusal.TOKEN_UNKNOWN,
                "no rollback was prepared under token " + token + "; nothing was started: call PrepareRollback",
                Map.of("token", token.toString()));
    }

    /** A token that is out of date. */
    public static RefusedException expired(UUID token, Instant since) {
        return new RefusedException(
                Refusal.TOKEN_EXPIRED,
                "token " + token + " expired at " + since + "; nothing was started: call PrepareRollback again",
                Map.of("token", token.toString(), "expire_time", since.toString()));
    }

    /** A token somebody else's call has used. */
    public static RefusedException used(Rollback existing) {
        var origin = existing.origin();
        return new RefusedException(
                Refusal.TOKEN_USED,
                "token " + origin.token() + " has started " + existing.name() + " by another call, of "
                        + origin.caller() + "; nothing was started again",
                Map.of("token", origin.token().toString(), "rollback", existing.name()));
    }
}
