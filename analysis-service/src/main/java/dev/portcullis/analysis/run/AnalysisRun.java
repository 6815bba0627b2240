package dev.portcullis.analysis.run;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.judge.Judgement;
import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.metric.Moments;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One analysis of one release, as of one moment. Immutable; a change is a new value.
 *
 * @param id names it for ever
 * @param plan what it was told to do
 * @param status where it stands
 * @param measurement what it has counted
 * @param assessment what its closed windows amount to; always {@link RunJudge} of the plan, the buckets and the windows, and
 *     of whether the deadline has come
 * @param version counts the changes stored, from 0; a change is stored only over the version it was made from
 */
public record AnalysisRun(
        UUID id, RunPlan plan, RunStatus status, Measurement measurement, Assessment assessment, long version) {
    /**
     * An analysis that has just begun, without any reading: its first poll is due at once.
     *
     * @throws dev.portcullis.analysis.judge.InvalidPlanException when its objectives cannot be judged, or not without a baseline
     */
    public static AnalysisRun begin(UUID id, RunPlan plan) {
        return new AnalysisRun(
                id,
                plan,
                RunStatus.running(Verdict.CONTINUE, plan.begin(), plan.begin()),
                Measurement.none("no reading yet: the metrics source has not answered so far; asked again at once"),
                RunJudge.assess(List.of(), plan, Map.of()),
                0);
    }

    /** The sequential tests' verdict and evidence after its closed windows. */
    public Judgement judgement() {
        return assessment.judgement();
    }

    /** What was counted of an objective since it began; of a latency, bad are the requests slower than the threshold. */
    public ArmCounts counts(String objective) {
        var seen = measurement.totals().counts().get(objective);
        return seen == null ? ArmCounts.NONE : counts(objective, seen);
    }

    /** Its counts in what was seen of it in some time; none when that has fewer cuts, as what was seen of nothing. */
    public ArmCounts counts(String objective, Observation seen) {
        var buckets = measurement.counters().buckets().get(objective);
        var cut = buckets == null ? 0 : buckets.fail();
        return cut < seen.cuts().size() ? seen.at(cut) : ArmCounts.NONE;
    }

    /** Whether it has not ended. */
    public boolean isRunning() {
        return status.state() == AnalysisState.RUNNING;
    }

    /** Whether a poll is due. */
    public boolean isDue(Instant now) {
        var next = status.nextPoll();
        return next != null && !now.isBefore(next);
    }

    /** The moments whose counters a poll at {@code now} is to read: the present one, and before it at most so many that were missed. */
    public Moments unread(Instant now, int most) {
        var open = measurement.open();
        return plan.unread(open == null ? null : open.reached(), now, most);
    }

    /** The same as it is found once it has been saved. */
    public AnalysisRun saved() {
        return new AnalysisRun(id, plan, status, measurement, assessment, version + 1);
    }

    /** Ends it on request; one that has ended already stays as it is. */
    public AnalysisRun cancelled(String reason, Instant now) {
        return isRunning()
                ? new AnalysisRun(id, plan, status.cancelled(reason, now), measurement, assessment, version)
                : this;
    }

    /** The same with another verdict so far. */
    AnalysisRun running(Verdict verdict) {
        var now = status.updateTime();
        return new AnalysisRun(id, plan, RunStatus.running(verdict, now, now), measurement, assessment, version);
    }

    AnalysisRun with(Measurement counted, Assessment assessed) {
        return new AnalysisRun(id, plan, status, counted, assessed, version);
    }

    /** Draws the consequence of judgement and time: FAIL ends it, and so does the deadline; a recovery is shown once it has a PASS. */
    AnalysisRun settled(Instant now) {
        var verdict = assessment.verdict();
        RunStatus next;
        if (verdict == Verdict.FAIL || plan.isRecovery() && verdict == Verdict.PASS) {
            next = RunStatus.concluded(verdict, now);
        } else if (plan.isOver(now)) {
            next = RunStatus.concluded(verdict == Verdict.PASS ? verdict : Verdict.INCONCLUSIVE, now);
        } else {
            next = RunStatus.running(verdict, now, plan.nextPoll(now));
        }
        return new AnalysisRun(id, plan, next, measurement, assessment, version);
    }
}
