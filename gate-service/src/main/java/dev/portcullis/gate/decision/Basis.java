package dev.portcullis.gate.decision;

import dev.portcullis.gate.judgement.Figures;
import dev.portcullis.gate.judgement.Hearing;
import dev.portcullis.gate.judgement.Judgement;
import dev.portcullis.gate.judgement.Measuring;
import dev.portcullis.gate.judgement.Verdict;
import java.util.Optional;

/**
 * What a decision rests on.
 *
 * @param verdict empty when nothing was judged
 * @param measuring empty when nothing was judged
 * @param windows closed windows of the analysis; -1 when nothing was judged
 * @param figures numbers to show
 */
public record Basis(Optional<Verdict> verdict, Optional<Measuring> measuring, int windows, Figures figures) {
    /** Nothing was judged. */
    public static final Basis NONE = new Basis(Optional.empty(), Optional.empty(), -1, Figures.NONE);

    public static Basis of(Hearing hearing) {
        return hearing instanceof Hearing.Heard heard ? of(heard.judgement()) : NONE;
    }

    private static Basis of(Judgement judgement) {
        return new Basis(
                Optional.of(judgement.verdict()),
                Optional.of(judgement.measuring()),
                judgement.moment().windows(),
                judgement.figures());
    }

    /** Whether both say the same of the canary; figures move between two windows and do not count. */
    public boolean sameJudgement(Basis other) {
        return verdict.equals(other.verdict) && measuring.equals(other.measuring) && windows == other.windows;
    }
}
