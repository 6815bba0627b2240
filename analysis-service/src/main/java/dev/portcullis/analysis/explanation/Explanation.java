package dev.portcullis.analysis.explanation;

import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.run.AnalysisRun;
import java.util.List;

/**
 * A few sentences for an engineer on where an analysis stands, from the same numbers as its evidence.
 *
 * <p>"Evidence a : 1" is an e-value: a canary within its limits reaches a with chance 1/a at most, however often one looks. It is never the probability that
 * the canary is bad.
 */
public final class Explanation {
    private final AnalysisRun run;

    private Explanation(AnalysisRun run) {
        this.run = run;
    }

    /** The sentences. */
    public static String of(AnalysisRun run) {
        var explanation = new Explanation(run);
        return switch (run.status().state()) {
            case RUNNING -> explanation.running();
            case CONCLUDED -> explanation.verdict() + explanation.leftOut();
            case CANCELLED -> explanation.cancelled();
        };
    }

    /** Name of the objective that the sentences are about, whose numbers come first; empty when there is none. */
    public static String objective(AnalysisRun run) {
        return RankedTest.foremost(run).map(test -> test.objective().name()).orElse("");
    }

    private String running() {
        var measuringStatus = run.measurement().measuringStatus();
        return switch (measuringStatus.state()) {
            case MEASURING -> verdict() + leftOut();
            case NO_DATA ->
                run.measurement().totals().lastRequest() == null
                        ? Phrases.sentence(
                                        "Not decided after " + Phrases.elapsed(run) + ": " + measuringStatus.detail())
                                + leftOut()
                        : blind(measuringStatus.detail());
            case UNREACHABLE -> blind(measuringStatus.detail());
        };
    }

    private String blind(String why) {
        return Phrases.sentence("Cannot measure at the moment: " + why) + " That says nothing about the "
                + Phrases.subject(run) + "; the next successful reading goes on from here. " + soFar();
    }

    private String soFar() {
        var verdict = run.status().verdict();
        return verdict == Verdict.CONTINUE
                ? "Not decided after " + Phrases.elapsed(run) + " (" + Phrases.windows(run) + ")."
                : "The verdict so far is " + verdict + ".";
    }

    private String verdict() {
        var score = run.assessment().score();
        return score == null ? byEvidence() + BaselineText.withoutBaseline(run) : ScoreText.of(run, score);
    }

    private String byEvidence() {
        return switch (run.status().verdict()) {
            case FAIL -> FailText.of(run);
            case PASS -> PassText.of(run);
            case CONTINUE -> UndecidedText.running(run);
            case INCONCLUSIVE -> UndecidedText.atDeadline(run);
        };
    }

    private String cancelled() {
        return Phrases.sentence("Cancelled after " + Phrases.elapsed(run) + " (" + Phrases.windows(run) + "): "
                        + run.status().cancelReason())
                + " The verdict then was " + run.status().verdict() + ".";
    }

    /** What the numbers lack, so that nobody takes them for more than they are. */
    private String leftOut() {
        List<String> notes = run.measurement().notes();
        if (notes.isEmpty()) {
            return "";
        }
        var more = notes.size() == 1 ? "" : " (and " + (notes.size() - 1) + " more)";
        return " " + Phrases.sentence("In the last reading: " + notes.getFirst() + more);
    }
}
