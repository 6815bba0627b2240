package dev.portcullis.gate.release;

import dev.portcullis.gate.analysis.AnalysisReport;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Origin;
import java.util.Optional;

/** How an open release ends by neither evidence nor a person. Immutable. */
final class ReleaseEnd {
    private final Release release;

    ReleaseEnd(Release release) {
        this.release = release;
    }

    /** By what moves the traffic; empty when it has ended. */
    Optional<Release> byController(Decision decided, Optional<AnalysisReport> known, Origin origin) {
        return release.open() ? Optional.of(release.end(decided, known, origin, as(decided))) : Optional.empty();
    }

    private static ReleaseState as(Decision decided) {
        return switch (decided.outcome()) {
            case PROMOTE -> ReleaseState.PROMOTED;
            case ABORT -> ReleaseState.ABORTED;
            case HOLD ->
                decided.reasons().contains(DecisionReason.ANALYSIS_CANCELLED)
                        ? ReleaseState.EXPIRED
                        : ReleaseState.SUPERSEDED;
        };
    }

    /** By a question with another stable version; empty when it has ended, or its canary has served. */
    Optional<Release> corrected(String otherStable, Origin origin) {
        return release.open() && release.served().isEmpty()
                ? superseded(
                        "asked again with stable '" + otherStable + "' in place of " + release.stableText()
                                + " before the canary had served a request: a new run begins",
                        origin)
                : Optional.empty();
    }

    /** By a question in earnest; empty when it has ended, or is no dry run. */
    Optional<Release> dryRunOver(Origin origin) {
        return release.open() && release.start().dryRun()
                ? superseded(
                        "this was a dry run, and the same canary has been asked about in earnest since: a new run begins",
                        origin)
                : Optional.empty();
    }

    private Optional<Release> superseded(String why, Origin origin) {
        var decided = Decision.hold(DecisionReason.RELEASE_SUPERSEDED, why);
        return Optional.of(release.end(decided, Optional.empty(), origin, ReleaseState.SUPERSEDED));
    }
}
