package dev.portcullis.gate.usecase;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseDetails;
import dev.portcullis.gate.release.Releases;
import dev.portcullis.gate.rollback.RollbackStatus;
import dev.portcullis.gate.rule.Promotion;
import dev.portcullis.gate.rule.PromotionRules;
import java.time.Clock;

/** Whether a deploy of a service may begin, as far as the gate knows. Opens and records nothing. Thread-safe. */
public final class DeployRule {
    private final Releases releases;
    private final ReadReleases readReleases;
    private final PromotionRules rules;
    private final Clock clock;

    public DeployRule(Releases releases, ReadReleases readReleases, PromotionRules rules, Clock clock) {
        this.releases = releases;
        this.readReleases = readReleases;
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * HOLD while a rule holds promotions or is about to, and while the service's last aborted release is being taken back: a deploy would change what the rollback acts
     * on.
     */
    Evaluation evaluate(String service, ReleaseDetails details) {
        var promotion = Promotion.ofDeploy(service, details, clock.instant());
        return Evaluation.unrecorded(rules.hold(promotion).orElseGet(() -> afterLastRelease(service)));
    }

    private Decision afterLastRelease(String service) {
        return releases.lastAborted(service)
                .filter(DeployRule::rolledBack)
                .map(this::afterAbort)
                .orElseGet(() -> free(service));
    }

    private static boolean rolledBack(Release aborted) {
        return aborted.rollback().pending() || !aborted.rollback().rollback().isEmpty();
    }

    private Decision afterAbort(Release aborted) {
        if (aborted.rollback().pending()) {
            var detail = aborted.rollback().detail();
            return Decision.hold(
                    DecisionReason.ROLLBACK_RUNNING,
                    aborted.name() + " was aborted, and its rollback is still to be started"
                            + (detail.isEmpty() ? "" : " (" + detail + ")") + "; ask again when it has ended");
        }
        var rollback = aborted.rollback().rollback();
        var status = readReleases.rollback(aborted).orElse(RollbackStatus.UNKNOWN);
        if (status.equals(RollbackStatus.UNKNOWN)) {
            return Decision.hold(
                    DecisionReason.ROLLBACK_UNAVAILABLE,
                    aborted.name() + " was aborted, and rollback-service could not be asked whether its rollback, "
                            + rollback + ", has ended; ask again");
        }
        return status.ended()
                ? free(aborted.key().service())
                : Decision.hold(
                        DecisionReason.ROLLBACK_RUNNING,
                        aborted.name() + " was aborted, and its rollback, " + rollback + ", is " + status.state()
                                + "; ask again when it has ended");
    }

    private static Decision free(String service) {
        return Decision.of(
                Outcome.PROMOTE,
                DecisionReason.NOTHING_AGAINST_DEPLOY,
                "no rollback of '" + service + "' is under way and no rule holds its promotion, so a deploy may begin");
    }
}
