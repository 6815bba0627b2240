package dev.portcullis.analysis.explanation;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.FailBasis;
import dev.portcullis.analysis.run.ObjectiveBounds;
import dev.portcullis.analysis.stats.ConfidenceInterval;
import java.util.Optional;

/**
 * How bad a canary is at least, where the evidence alone can tell. What the bounds exclude is that it was never worse than so much in any window; over the whole time it may
 * well have been better, and where it was, the sentence says so: beside the counts of the whole time it must not read as if it contradicted them.
 */
final class SizeText {
    private final AnalysisRun run;
    private final RankedTest test;
    private final ObjectiveText objective;

    private SizeText(AnalysisRun run, RankedTest test) {
        this.run = run;
        this.test = test;
        this.objective = new ObjectiveText(run, test.objective());
    }

    static Optional<String> of(AnalysisRun run, RankedTest test, FailBasis failBasis) {
        if (failBasis.bounds().size() <= test.position()) {
            return Optional.empty();
        }
        var bounds = failBasis.bounds().get(test.position());
        var text = new SizeText(run, test);
        return test.ofBaseline() ? text.relative(bounds) : text.absolute(bounds);
    }

    private Optional<String> relative(ObjectiveBounds bounds) {
        var compared = test.test().worstCut();
        if (bounds.relative().size() <= compared) {
            return Optional.empty();
        }
        var buckets =
                run.measurement().counters().buckets().get(test.objective().name());
        var counts = counts(buckets == null ? 0 : buckets.compared().get(compared));
        var whole = ratio(counts.canary()) / ratio(counts.baseline());
        return lower(bounds.relative().get(compared))
                .filter(lower -> lower > 1)
                .map(lower -> lower > whole ? relativeAtTimes(lower, compared) : relative(lower, compared));
    }

    private String relative(double lower, int compared) {
        return objective.isLatency()
                ? "At least " + FigureFormat.times(lower) + " times as many of its requests "
                        + objective.habit(objective.comparedBoundary(compared)) + " as of the "
                        + BaselineText.name(run) + "'s " + sure() + "."
                : "The canary fails at least " + FigureFormat.times(lower) + " times as often as the "
                        + BaselineText.name(run) + " " + sure() + ".";
    }

    private String relativeAtTimes(double lower, int compared) {
        return "At times, though not over the whole time, at least " + FigureFormat.times(lower)
                + " times as many of its requests "
                + objective.pastHabit(objective.comparedBoundary(compared)) + " as of the "
                + BaselineText.name(run) + "'s " + sure() + ".";
    }

    private Optional<String> absolute(ObjectiveBounds bounds) {
        var buckets =
                run.measurement().counters().buckets().get(test.objective().name());
        var cut = buckets == null ? 0 : buckets.fail();
        if (bounds.ratio().size() <= cut) {
            return Optional.empty();
        }
        var whole = ratio(counts(cut).canary());
        var boundary = objective.thresholdBoundary();
        return lower(bounds.ratio().get(cut))
                .map(lower -> (lower > whole
                                ? "At times, though not over the whole time, at least "
                                        + FigureFormat.percentDown(lower) + " of its requests "
                                        + objective.pastHabit(boundary)
                                : "At least " + FigureFormat.percentDown(lower) + " of its requests "
                                        + objective.habit(boundary))
                        + " " + sure() + "; the SLO allows " + objective.allowed() + ".");
    }

    private ArmCounts counts(int cut) {
        var seen = run.measurement().totals().counts().get(test.objective().name());
        return seen == null ? ArmCounts.NONE : seen.at(cut);
    }

    private static double ratio(Counts counts) {
        return counts.bad() / counts.total();
    }

    private static Optional<Double> lower(ConfidenceInterval bounds) {
        return bounds.lower().isPresent() ? Optional.of(bounds.lower().getAsDouble()) : Optional.empty();
    }

    private String sure() {
        return "(" + FigureFormat.percent(1 - run.plan().settings().strictness().alpha()) + " sure, at every look)";
    }
}
