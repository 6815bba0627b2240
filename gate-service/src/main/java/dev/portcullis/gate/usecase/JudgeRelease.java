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
import java.util.Optional;

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
        if (release.latest().isEmpty() && opensNothing(hearing)) {
            // Kept, it would answer the next question, which may be right, with the fault of this one.
            releases.discard(release.id());
            return new Judged(Evaluation.unrecorded(finding.ruling()), finding);
        }
        var evaluation =
                release.learnsFrom(finding) ? record(release, finding, step) : Evaluation.latest(release, finding);
        return new Judged(evaluation, finding);
    }

    private static boolean opensNothing(Hearing hearing) {
        return hearing instanceof Hearing.ServiceUnknown || hearing instanceof Hearing.Refused;
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
        var recorded = releases.change(release.id(), current -> current.heard(finding, origins.gate(step)));
        if (recorded.isEmpty()) {
            return Evaluation.unrecorded(
                    Ruling.hold(
                            Reason.ANALYSIS_REFUSED,
                            "analysis-service refused to judge this release when it was opened, so it was not kept; ask again"));
        }
        return Evaluation.latest(
                followUp.after(recorded.get(), running(recorded.get().release(), finding)), finding);
    }

    /** Not known to have ended, as far as was heard. */
    private static Optional<String> running(Release release, Finding finding) {
        return Optional.of(release.analysis()).filter(analysis -> !analysis.isEmpty() && !finding.analysisOver());
    }

    /** What came of it, and what it came from. */
    record Judged(Evaluation evaluation, Finding finding) {}
}
