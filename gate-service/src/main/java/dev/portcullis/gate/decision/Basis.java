package dev.portcullis.gate.decision;

import dev.portcullis.gate.analysis.AnalysisReply;
import dev.portcullis.gate.analysis.AnalysisReport;
import dev.portcullis.gate.analysis.Figures;
import dev.portcullis.gate.analysis.MeasuringState;
import dev.portcullis.gate.analysis.Verdict;
import java.util.Optional;

/**
 * What a decision rests on.
 *
 * @param verdict empty when nothing was judged
 * @param measuring empty when nothing was judged
 * @param windows closed windows of the analysis; -1 when nothing was judged
 * @param figures numbers to show
 */
public record Basis(Optional<Verdict> verdict, Optional<MeasuringState> measuring, int windows, Figures figures) {
    /** Nothing was judged. */
    public static final Basis NONE = new Basis(Optional.empty(), Optional.empty(), -1, Figures.NONE);

    public static Basis of(AnalysisReply reply) {
        return reply instanceof AnalysisReply.Answered answered ? of(answered.report()) : NONE;
    }

    private static Basis of(AnalysisReport report) {
        return new Basis(
                Optional.of(report.verdict()),
                Optional.of(report.measuring()),
                report.progress().windows(),
                report.figures());
    }

    /** Whether both say the same of the canary; figures move between two windows and do not count. */
    public boolean sameJudgement(Basis other) {
        return verdict.equals(other.verdict) && measuring.equals(other.measuring) && windows == other.windows;
    }
}
