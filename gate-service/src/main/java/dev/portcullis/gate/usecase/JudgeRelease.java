package dev.portcullis.gate.usecase;

import dev.portcullis.gate.decision.Reason;
import dev.portcullis.gate.decision.Ruling;
import dev.portcullis.gate.judgement.Analyses;
import dev.portcullis.gate.judgement.Hearing;
import dev.portcullis.gate.policy.Rules;
import dev.portcullis.gate.policy.Undecided;
import dev.portcullis.gate.release.Finding;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.Releases;

/**
 * Asks analysis-service about an open release, decides, records the decision if it says something new, and does what follows from it. Thread-safe.
 *
 * <p>The other service is asked outside any transaction; what it said is held against the release as it is then, under its lock.
 */
public final class JudgeRelease {
    private final Analyses analyses;
    private final Releases releases;
    private final Origins origins;
    private final FollowUp followUp;

    public JudgeRelease(Analyses analyses, Releases releases, Origins origins, FollowUp followUp) {
        this.analyses = analyses;
        this.releases = releases;
        this.origins = origins;
        this.followUp = followUp;
    }

    /** @param step the rollout's step, for the record; may be empty */
    Judged judge(Release release, Undecided undecided, String step) {
        var hearing = ask(release);
        var finding = new Finding(hearing, Rules.decide(hearing, undecided));
        if (hearing instanceof Hearing.ServiceUnknown && release.latest().isEmpty()) {
            releases.discard(release.id());
            return new Judged(Evaluation.unrecorded(finding.ruling()), finding);
        }
        var evaluation =
                release.learnsFrom(finding) ? record(release, finding, step) : Evaluation.latest(release, finding);
        return new Judged(evaluation, finding);
    }

    private Hearing ask(Release release) {
        var key = release.key();
        return release.analysis().isEmpty()
                ? analyses.start(
                        release.id(),
                        key.service(),
                        key.canary(),
                        release.opening().stable())
                : analyses.read(release.analysis());
    }

    private Evaluation record(Release release, Finding finding, String step) {
        var recorded = releases.change(
                release.id(),
                current -> current.heard(finding, origins.gate(step)),
                older -> older.superseded(release, origins.gate("")));
        if (recorded.isEmpty()) {
            return Evaluation.unrecorded(Ruling.hold(
                    Reason.UNKNOWN_SERVICE,
                    "analysis-service did not know the service when this release was opened; ask again"));
        }
        return Evaluation.latest(followUp.after(recorded.get(), finding.runningAnalysis()), finding);
    }

    /** What came of it, and what it came from. */
    record Judged(Evaluation evaluation, Finding finding) {}
}
