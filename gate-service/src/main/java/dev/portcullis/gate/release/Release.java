package dev.portcullis.gate.release;

import dev.portcullis.gate.decision.Basis;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.Origin;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.decision.Reason;
import dev.portcullis.gate.decision.Ruling;
import dev.portcullis.gate.judgement.Judgement;
import dev.portcullis.gate.judgement.Moment;
import dev.portcullis.gate.rollback.RollbackOrder;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One attempt to bring one revision of a service to users. Immutable; its methods say what is to be written next, the store writes it.
 *
 * @param number rises with every release opened; orders them
 * @param analysis the analysis that judges it, "analyses/{uuid}"; empty while none could be started
 * @param seen the latest stage of the analysis a decision rests on
 * @param latest the latest decision; empty before the first
 * @param ended when it ended; empty while it is open
 */
public record Release(
        Opening opening,
        long number,
        ReleaseState state,
        String analysis,
        Moment seen,
        Optional<Decision> latest,
        Optional<Instant> ended,
        RollbackNote rollback) {
    public UUID id() {
        return opening.id();
    }

    public ReleaseKey key() {
        return opening.key();
    }

    /** "services/{service}/releases/{uuid}". */
    public String name() {
        return "services/" + key().service() + "/releases/" + id();
    }

    public boolean open() {
        return state == ReleaseState.OPEN;
    }

    /** Whether a finding is to be recorded: it says something new, or ends the release, or names its analysis. */
    public boolean learnsFrom(Finding finding) {
        return open()
                && !finding.outdated(seen)
                && (!saysAlready(finding)
                        || after(finding) != state
                        || !analysisAfter(finding).equals(analysis));
    }

    private boolean saysAlready(Finding finding) {
        return latest.filter(decision -> decision.says(finding.ruling(), finding.basis()))
                .isPresent();
    }

    /** What to write after a finding; nothing when the release learns nothing from it. */
    public Optional<Change> heard(Finding finding, Origin origin) {
        if (!learnsFrom(finding)) {
            return Optional.empty();
        }
        var next = after(finding);
        var decision = saysAlready(finding)
                ? Optional.<Decision>empty()
                : Optional.of(new Decision(finding.ruling(), finding.basis(), origin));
        return Optional.of(new Change(
                decision,
                finding.snapshot(),
                next,
                analysisAfter(finding),
                finding.judgement().map(Judgement::moment).orElse(seen),
                next == ReleaseState.OPEN ? Optional.empty() : Optional.of(origin.time()),
                order(finding.ruling(), origin),
                latest.map(Decision::outcome)
                        .filter(finding.ruling().outcome()::equals)
                        .isEmpty()));
    }

    /** A PROMOTE by evidence leaves the release open: a later FAIL overrides it until the analysis has ended. */
    private ReleaseState after(Finding finding) {
        return switch (finding.ruling().outcome()) {
            case ABORT -> ReleaseState.ABORTED;
            case PROMOTE -> finding.passedForGood() ? ReleaseState.PROMOTED : ReleaseState.OPEN;
            case HOLD -> ReleaseState.OPEN;
        };
    }

    private String analysisAfter(Finding finding) {
        return analysis.isEmpty() ? finding.judgement().map(Judgement::analysis).orElse("") : analysis;
    }

    /**
     * What to write when a person decides. The decision keeps what was known of the canary at that time.
     *
     * @throws ReleaseEndedException when there is nothing left to decide
     */
    public Change decidedByPerson(Ruling ruling, Origin origin) {
        if (!open()) {
            throw new ReleaseEndedException(name(), state);
        }
        return end(ruling, origin, ruling.outcome() == Outcome.ABORT ? ReleaseState.ABORTED : ReleaseState.PROMOTED);
    }

    /** What to write when a newer release of the same rollout has begun. */
    public Change superseded(Release by, Origin origin) {
        var ruling = Ruling.hold(Reason.RELEASE_SUPERSEDED, "a newer release of this rollout has begun: " + by.name());
        return end(ruling, origin, ReleaseState.SUPERSEDED);
    }

    private Change end(Ruling ruling, Origin origin, ReleaseState as) {
        var known = latest.map(Decision::basis).orElse(Basis.NONE);
        return new Change(
                Optional.of(new Decision(ruling, known, origin)),
                Optional.empty(),
                as,
                analysis,
                seen,
                Optional.of(origin.time()),
                order(ruling, origin),
                true);
    }

    private Optional<RollbackOrder> order(Ruling ruling, Origin origin) {
        if (ruling.outcome() != Outcome.ABORT) {
            return Optional.empty();
        }
        return Optional.of(new RollbackOrder(
                id(),
                origin.id(),
                key().service(),
                name(),
                key().canary(),
                opening.stable(),
                ruling.explanation(),
                origin.traceparent(),
                ""));
    }
}
