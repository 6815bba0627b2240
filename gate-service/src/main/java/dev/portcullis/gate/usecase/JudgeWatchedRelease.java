package dev.portcullis.gate.usecase;

import dev.portcullis.gate.analysis.Analyses;
import dev.portcullis.gate.analysis.AnalysisReply;
import dev.portcullis.gate.analysis.AnalysisReport;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.group.GroupAborts;
import dev.portcullis.gate.policy.WatchRules;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.Releases;
import dev.portcullis.gate.release.WatchTransition;
import java.time.Instant;

/** Decides on a release that is watched after its promotion, and begins its next analysis when one has ended before the time is over. Thread-safe. */
public final class JudgeWatchedRelease {
    private final Releases releases;
    private final Analyses analyses;
    private final GroupAborts groups;
    private final OriginFactory originFactory;
    private final ChangeRelease changeRelease;

    public JudgeWatchedRelease(
            Releases releases,
            Analyses analyses,
            GroupAborts groups,
            OriginFactory originFactory,
            ChangeRelease changeRelease) {
        this.releases = releases;
        this.analyses = analyses;
        this.groups = groups;
        this.originFactory = originFactory;
        this.changeRelease = changeRelease;
    }

    /**
     * Does it.
     *
     * @param reply what analysis-service says of the watch
     * @param byEvidence what that means without the watch
     */
    Evaluation judge(Release release, AnalysisReply reply, Decision byEvidence) {
        var now = originFactory.now();
        var decided = decide(release, reply, byEvidence, now);
        var goesOn = decided.equals(release.latest().orElseThrow());
        var current =
                goesOn && reply.report().filter(JudgeWatchedRelease::hasEnded).isPresent() ? next(release) : reply;
        if (!new WatchTransition(release, current, decided).changes()) {
            return Evaluation.latest(release);
        }
        var over = current.report().filter(AnalysisReport::ended).isPresent();
        return changeRelease
                .change(
                        release.id(),
                        locked -> new WatchTransition(locked, current, decidedOn(locked, current, byEvidence))
                                .applied(originFactory.gate("")),
                        !over)
                .or(() -> releases.find(release.id()))
                .map(Evaluation::latest)
                .orElseGet(() -> Evaluation.latest(release));
    }

    /** What a person did meanwhile counts. */
    private Decision decidedOn(Release locked, AnalysisReply reply, Decision byEvidence) {
        return locked.watched()
                ? decide(locked, reply, byEvidence, originFactory.now())
                : locked.latest().orElseThrow();
    }

    /** What a newer canary takes the traffic over from is not aborted: its rollback would take back what is being released. */
    private Decision decide(Release watched, AnalysisReply reply, Decision byEvidence, Instant now) {
        var decided = WatchRules.decide(watched, reply, byEvidence, now);
        return watched.successor().isPresent() ? decided : groups.apply(decided, watched);
    }

    private static boolean hasEnded(AnalysisReport report) {
        return report.ended() && !report.failed();
    }

    private AnalysisReply next(Release release) {
        return analyses.start(
                release.analysisId(release.analysis()),
                release.key().service(),
                release.key().canary(),
                "");
    }
}
