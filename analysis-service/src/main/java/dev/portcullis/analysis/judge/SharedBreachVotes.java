package dev.portcullis.analysis.judge;

import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.stats.BaselineSloVote;
import dev.portcullis.analysis.stats.CutTests;
import dev.portcullis.analysis.stats.RaisedSloVote;
import java.util.List;

/** What tells a breach of the canary's own from one that the baseline shares, while windows come in. Not thread-safe. */
final class SharedBreachVotes {
    private final CutTests baseline;
    private final CutTests raised;

    SharedBreachVotes(SloLimits limits, int cut, int plannedWindows) {
        this.baseline = new CutTests(
                new BaselineSloVote(SharedBreach.BASELINE_LIMIT * limits.failRatio()), plannedWindows, List.of(cut));
        this.raised = new CutTests(
                new RaisedSloVote(limits.failRatio(), SharedBreach.FACTOR, limits.clusterSize()),
                plannedWindows,
                List.of(cut));
    }

    void fold(Observation window) {
        baseline.fold(window);
        raised.fold(window);
    }

    /** @param full the evidence that the canary is beyond the limit as it stands, from the same windows */
    SharedBreach of(double full) {
        double alike = baseline.mean();
        return new SharedBreach(alike, alike < SharedBreach.ALIKE ? full : Math.min(full, raised.mean()));
    }
}
