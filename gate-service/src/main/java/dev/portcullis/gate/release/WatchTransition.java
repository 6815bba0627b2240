package dev.portcullis.gate.release;

import dev.portcullis.gate.analysis.AnalysisReply;
import dev.portcullis.gate.analysis.AnalysisReport;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Origin;
import java.util.Optional;

/** What a release that is watched after its promotion becomes by a reply of analysis-service and by the decision that was made on it. Immutable. */
public final class WatchTransition {
    private final Release release;
    private final AnalysisReply reply;
    private final Decision decided;

    /** @param decided the release's latest decision when there is nothing new */
    public WatchTransition(Release release, AnalysisReply reply, Decision decided) {
        this.release = release;
        this.reply = reply;
        this.decided = decided;
    }

    /** Whether there is anything to be recorded. */
    public boolean changes() {
        return release.watched() && (isNews() || !analysis().equals(release.analysis()));
    }

    /** The release after it; empty when nothing is to be recorded. */
    public Optional<Release> applied(Origin origin) {
        if (!changes()) {
            return Optional.empty();
        }
        return Optional.of(release.with(
                next(),
                analysis(),
                reply.report().map(AnalysisReport::progress).orElse(release.seen()),
                isNews() ? Optional.of(recorded(origin)) : release.latest(),
                Optional.empty(),
                release.served(),
                origin));
    }

    private boolean isNews() {
        return release.latest().filter(latest -> latest.says(decided)).isEmpty();
    }

    private Decision recorded(Origin origin) {
        return decided.recorded(
                origin, reply.report().map(report -> report.json().get()));
    }

    private ReleaseState next() {
        if (!isNews()) {
            return ReleaseState.OPEN;
        }
        return switch (decided.outcome()) {
            case ABORT -> ReleaseState.ABORTED;
            case PROMOTE -> ReleaseState.PROMOTED;
            case HOLD ->
                decided.reasons().contains(DecisionReason.RELEASE_SUPERSEDED)
                        ? ReleaseState.SUPERSEDED
                        : ReleaseState.OPEN;
        };
    }

    private String analysis() {
        return reply.report().map(AnalysisReport::analysis).orElse(release.analysis());
    }
}
