package dev.portcullis.analysis.explanation;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.judge.ObjectiveEvidence;
import dev.portcullis.analysis.judge.TestEvidence;
import dev.portcullis.analysis.run.AnalysisRun;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Breaches of an SLO that the baseline shows as well, and that therefore fail nobody. "Twice" is {@link
 * dev.portcullis.analysis.judge.SharedBreach#FACTOR}.
 */
final class SharedBreachText {
    private SharedBreachText() {}

    /** One sentence for each objective that is held, with a space before it; empty when none is. */
    static String of(AnalysisRun run) {
        var objectives = run.judgement().objectives();
        return IntStream.range(0, objectives.size())
                .filter(i -> isHeld(run, objectives.get(i)))
                .mapToObj(i -> " "
                        + sentence(
                                run, i, Objects.requireNonNull(objectives.get(i).slo())))
                .collect(Collectors.joining());
    }

    /** Less evidence than this would neither fail a canary nor keep it from passing: nothing is held back by it. */
    private static boolean isHeld(AnalysisRun run, ObjectiveEvidence evidence) {
        var test = evidence.slo();
        return test != null
                && evidence.weight() > 0
                && test.held()
                && test.fail() >= run.judgement().failThreshold() / 2;
    }

    private static String sentence(AnalysisRun run, int position, TestEvidence test) {
        var objective = run.plan().objectives().objectives().get(position);
        var counts = run.counts(objective.name());
        var text = new ObjectiveText(run, objective);
        return objective.name() + " is beyond its SLO (evidence " + FigureFormat.odds(test.fail()) + "), but the "
                + BaselineText.name(run)
                + (Phrases.isAlike(counts) ? " fails alike (" : " failed alike for some of the time (")
                + Phrases.subject(run) + " " + ratio(counts.canary()) + ", "
                + BaselineText.name(run) + " " + ratio(counts.baseline()) + " since the beginning; limit "
                + text.failRatio() + "): held, not aborted. What counts is whether the " + Phrases.subject(run)
                + " fails more than twice as often, evidence "
                + FigureFormat.odds(test.counted()) + ".";
    }

    private static String ratio(Counts counts) {
        return counts.total() == 0 ? "no requests" : FigureFormat.percent(counts.bad() / counts.total());
    }
}
