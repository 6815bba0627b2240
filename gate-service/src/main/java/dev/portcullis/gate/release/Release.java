package dev.portcullis.gate.release;

import dev.portcullis.gate.analysis.AnalysisProgress;
import dev.portcullis.gate.analysis.AnalysisReply;
import dev.portcullis.gate.analysis.AnalysisReport;
import dev.portcullis.gate.analysis.Verdict;
import dev.portcullis.gate.decision.Confirmation;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Origin;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.rollback.RollbackOrder;
import dev.portcullis.gate.rollback.RollbackStatus;
import dev.portcullis.kit.identity.Caller;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One attempt to bring one revision of a service to users. Immutable; a change is a new value, which the store writes.
 *
 * @param number rises with every release opened; orders them
 * @param analysis the analysis that judges it, "analyses/{uuid}"; empty while none could be started
 * @param seen the latest stage of the analysis that is on record
 * @param latest the latest decision as it was recorded; empty before the first
 * @param confirmation what the latest window shows that says the same; empty while none has closed since that decision
 * @param served when its canary was first seen to have served a request; empty while it was not
 * @param ended when it ended; empty while it is open
 * @param successor the newer release that takes the traffic over, if there is one; empty too once this one has ended
 * @param approvals what people have said for it, in the order in which they did
 * @param watchedUntil until when it is watched after its promotion; empty of one that is not, or not yet
 */
public record Release(
        ReleaseStart start,
        long number,
        ReleaseState state,
        String analysis,
        AnalysisProgress seen,
        Optional<Decision> latest,
        Optional<Confirmation> confirmation,
        Optional<Instant> served,
        Optional<Instant> ended,
        Optional<Successor> successor,
        RollbackNote rollback,
        List<Approval> approvals,
        Optional<Instant> watchedUntil) {
    public Release {
        approvals = List.copyOf(approvals);
    }

    /** One that nobody has approved, and that is not watched. */
    public Release(
            ReleaseStart start,
            long number,
            ReleaseState state,
            String analysis,
            AnalysisProgress seen,
            Optional<Decision> latest,
            Optional<Confirmation> confirmation,
            Optional<Instant> served,
            Optional<Instant> ended,
            Optional<Successor> successor,
            RollbackNote rollback) {
        this(
                start,
                number,
                state,
                analysis,
                seen,
                latest,
                confirmation,
                served,
                ended,
                successor,
                rollback,
                List.of(),
                Optional.empty());
    }

    public UUID id() {
        return start.id();
    }

    public ReleaseKey key() {
        return start.key();
    }

    /** "services/{service}/releases/{uuid}". */
    public String name() {
        return name(key().service(), id());
    }

    /** The name of a release of which only this is known. */
    public static String name(String service, UUID id) {
        return "services/" + service + "/releases/" + id;
    }

    /** The latest decision, in the words and numbers of the latest window; empty before the first. */
    public Optional<Decision> current() {
        return latest.map(decision -> confirmation.map(decision::confirmedBy).orElse(decision));
    }

    public boolean open() {
        return state == ReleaseState.OPEN;
    }

    /** Whether it was promoted and is watched on: nothing but a FAIL, its time, a person or a newer canary changes anything. */
    public boolean watched() {
        return open() && watchedUntil.isPresent();
    }

    /** What one that has just been promoted becomes when it is watched on for a time: open, and without the analysis by which it was promoted. */
    public Release watchedFor(Duration time) {
        return new Release(
                start,
                number,
                ReleaseState.OPEN,
                "",
                AnalysisProgress.NEVER,
                latest,
                Optional.empty(),
                served,
                Optional.empty(),
                successor,
                rollback,
                approvals,
                ended.map(promoted -> promoted.plus(time)));
    }

    /**
     * The idempotency key of an analysis of it.
     *
     * @param before the analysis that ended before it, of several that watch it; empty for the first
     */
    public UUID analysisId(String before) {
        return watched() ? UUID.nameUUIDFromBytes((id() + "/watch/" + before).getBytes(StandardCharsets.UTF_8)) : id();
    }

    /** The stable version that its canary is compared with; empty when there is none, as when it has the traffic itself. */
    public String baseline() {
        return watched() ? "" : start.stable();
    }

    /** The number of the run that follows when the canary comes back. */
    public int nextRun() {
        return start.run() + 1;
    }

    /**
     * Whether what was heard is to be recorded: it says something new, or tells of another window, or ends the release, or names its analysis, or is the first that knows of
     * traffic.
     *
     * @param decided by the rules, on that reply
     */
    public boolean learnsFrom(AnalysisReply reply, Decision decided) {
        return new ReleaseTransition(this, reply, decided).changes();
    }

    /**
     * What it becomes by what was heard; empty when it learns nothing from that.
     *
     * @param decided by the rules, on that reply
     */
    public Optional<Release> heard(AnalysisReply reply, Decision decided, Origin origin) {
        return new ReleaseTransition(this, reply, decided).applied(origin);
    }

    /**
     * What it becomes when a person decides. The decision keeps what was known of the canary at that time.
     *
     * @param known what its analysis said just before; empty when that could not be found out
     * @throws ReleaseEndedException when there is nothing left to decide
     * @throws ReleaseFailedException when he promotes what has failed, which is {@link #promotedAgainstFail} alone
     */
    public Release decidedByPerson(Decision decided, Optional<AnalysisReport> known, Origin origin) {
        if (!open()) {
            throw new ReleaseEndedException(name(), state);
        }
        if (decided.outcome() == Outcome.PROMOTE
                && (failed() || known.filter(AnalysisReport::failed).isPresent())) {
            throw new ReleaseFailedException(name());
        }
        return end(
                decided,
                known,
                origin,
                decided.outcome() == Outcome.ABORT ? ReleaseState.ABORTED : ReleaseState.PROMOTED);
    }

    /** Whether its latest decision rests on a FAIL. */
    public boolean failed() {
        return latest.flatMap(Decision::verdict).filter(Verdict.FAIL::equals).isPresent();
    }

    /** Whether it has failed, and either waits for a person or was aborted: a person may promote it against the FAIL. */
    public boolean promotableAgainstFail() {
        return failed() && (open() || state == ReleaseState.ABORTED);
    }

    /** What it becomes when a person promotes it against its FAIL, with the approval of a second person. */
    public Release promotedAgainstFail(Decision decided, Origin origin) {
        if (!promotableAgainstFail()) {
            throw new ReleaseEndedException(name(), state);
        }
        return end(decided, Optional.empty(), origin, ReleaseState.PROMOTED);
    }

    /** The approval of its latest decision by somebody who is neither its author, nor who opened it, nor the caller; empty when there is none. */
    public Optional<Approval> approvedBeside(Caller caller) {
        return new ReleaseApprovals(this).beside(caller);
    }

    /**
     * What it becomes when what moves the traffic (Flagger, say) has ended the rollout itself. Its canary is gone from then on, so nothing is left to be judged, and
     * nothing to be rolled back.
     *
     * @param decided PROMOTE when it gave the canary to all users, ABORT when it took it back, HOLD when it went on to another version or cancelled the analysis
     * @param known what its analysis said just before; empty when that could not be found out
     * @return empty when the release has ended already
     */
    public Optional<Release> endedByController(Decision decided, Optional<AnalysisReport> known, Origin origin) {
        return new ReleaseEnd(this).byController(decided, known, origin);
    }

    /**
     * What it becomes when the same canary is asked about with another stable version. Nothing is lost by beginning anew as long as the canary has served nobody.
     *
     * @return empty when it has, or the release has ended
     */
    public Optional<Release> correctedTo(String otherStable, Origin origin) {
        return new ReleaseEnd(this).corrected(otherStable, origin);
    }

    /**
     * What it becomes when a caller means to go by the decisions of a dry run from now on, which none of its decisions was made for.
     *
     * @return empty when this is no dry run, or it has ended
     */
    public Optional<Release> dryRunOver(Origin origin) {
        return new ReleaseEnd(this).dryRunOver(origin);
    }

    Release end(Decision decided, Optional<AnalysisReport> known, Origin origin, ReleaseState as) {
        var last = onWhatIsKnown(decided, known, origin);
        return with(as, analysis, seen, Optional.of(last), Optional.empty(), served, origin);
    }

    /** Without news of its analysis, on that of the latest decision and not on what confirmed it: windows, figures and analysis are of one moment. */
    Decision onWhatIsKnown(Decision decided, Optional<AnalysisReport> known, Origin origin) {
        return known.filter(report -> !report.progress().before(seen))
                .map(report -> decided.restingOn(report)
                        .recorded(origin, Optional.of(report.json().get())))
                .orElseGet(() -> latest.map(decided::restingOn).orElse(decided).recorded(origin, Optional.empty()));
    }

    Release with(
            ReleaseState next,
            String judgedBy,
            AnalysisProgress progress,
            Optional<Decision> decision,
            Optional<Confirmation> confirmedBy,
            Optional<Instant> firstServed,
            Origin origin) {
        return new Release(
                start,
                number,
                next,
                judgedBy,
                progress,
                decision,
                confirmedBy,
                firstServed,
                next == ReleaseState.OPEN ? Optional.empty() : Optional.of(origin.time()),
                successor,
                rollback,
                approvals,
                watchedUntil);
    }

    /**
     * What it becomes when somebody approves it; one who has approved it before renews that.
     *
     * @throws ReleaseEndedException when there is nothing left to decide
     * @throws SelfApprovalException when he is its author
     */
    public Release approved(Approval approval) {
        requireApprovable();
        return with(start, new ReleaseApprovals(this).and(approval));
    }

    /**
     * What it becomes when somebody takes his approval back.
     *
     * @throws ReleaseEndedException when there is nothing left to decide
     * @throws ApprovalNotFoundException when he has given none, or has withdrawn it
     */
    public Release withdrawn(Caller approver, Withdrawal withdrawal) {
        requireApprovable();
        return with(start, new ReleaseApprovals(this).without(approver, withdrawal));
    }

    /** What was aborted may be promoted against its FAIL, by two people. */
    private void requireApprovable() {
        if (!open() && !promotableAgainstFail()) {
            throw new ReleaseEndedException(name(), state);
        }
    }

    private Release with(ReleaseStart told, List<Approval> said) {
        return new Release(
                told,
                number,
                state,
                analysis,
                seen,
                latest,
                confirmation,
                served,
                ended,
                successor,
                rollback,
                said,
                watchedUntil);
    }

    /** Whether the evidence allows a promotion: it was decided, or rules alone hold it. */
    public boolean mayPromote() {
        return latest.filter(decision -> decision.outcome() == Outcome.PROMOTE || decision.heldByRule())
                .isPresent();
    }

    /** The latest decision if it was made since; empty when none was. */
    public Optional<Decision> decidedSince(Release before) {
        return latest.filter(decision ->
                before.latest.filter(known -> known.id().equals(decision.id())).isEmpty());
    }

    /**
     * The rollback that its ABORT wants; empty when nothing was aborted, nobody goes by its decisions, or what moves the traffic has taken the canary back itself.
     */
    public Optional<RollbackOrder> order() {
        return latest.filter(decision -> decision.outcome() == Outcome.ABORT
                        && !start.dryRun()
                        && !decision.reasons().contains(DecisionReason.ABORTED_BY_CONTROLLER))
                .map(decision -> new RollbackOrder(
                        id(),
                        decision.id(),
                        key().service(),
                        name(),
                        key().canary(),
                        start.stable(),
                        decision.explanation(),
                        decision.origin().orElseThrow().traceparent(),
                        "",
                        rollback.caller()));
    }

    /**
     * What it becomes when somebody tells more of it.
     *
     * @return empty when that is known already
     * @throws InvalidFieldException when something else was told before, or a rule is added that comes too late
     */
    public Optional<Release> described(ReleaseDetails told) {
        var all = ReleaseDescription.of(this, told);
        return all.equals(start.details()) ? Optional.empty() : Optional.of(with(start.with(all), approvals));
    }

    /** Whether a caller names another stable version than this release was opened with; one who names none does not. */
    public boolean contradicts(String otherStable) {
        return !otherStable.isEmpty() && !otherStable.equals(start.stable());
    }

    /**
     * What a person should know of the rollback, in a line or two; empty when nothing is wrong.
     *
     * @param status how it stands; empty when there is none
     */
    public String rollbackDetail(Optional<RollbackStatus> status) {
        return status.filter(RollbackStatus::needsPerson)
                .map(known ->
                        rollback.rollback() + " is " + known.state() + ", a person has to look: " + known.detail())
                .orElse(rollback.detail());
    }

    /** The stable version in words. */
    public String stableText() {
        return start.stable().isEmpty() ? "none" : "'" + start.stable() + "'";
    }
}
