package dev.portcullis.analysis.judge;

import java.util.ArrayList;
import java.util.List;

/**
 * The judge of a canary: a pure function from a plan and the windows counted so far to a judgement.
 *
 * <p>FAIL when the weighted average of the gating FAIL tests' e-values reaches 1/alpha and enough windows had a canary
 * error. Else PASS when every gating PASS test reaches 1/beta, the FAIL evidence is less than half-way (in logarithms) and
 * the bake time is over. Both bounds hold at all looks together, for one run of windows from the first: the same windows
 * give the same judgement, bit for bit, however often and after whichever restart they are judged. Immutable.
 */
public final class SequentialJudge {
    private final JudgePlan plan;

    /** A judge of one plan. */
    public SequentialJudge(JudgePlan plan) {
        this.plan = plan;
    }

    /** A judgement that windows are given to one by one, as they come. */
    public RunningJudgement begin() {
        return new RunningJudgement(plan);
    }

    /**
     * The judgement after the last window.
     *
     * @param windows from the first of the run, in order; may be empty
     * @throws InvalidPlanException when a window has not what the plan looks at, naming {@code windows[i].observations}
     *     or one of them
     */
    public Judgement judge(List<JudgeWindow> windows) {
        RunningJudgement running = new RunningJudgement(plan);
        windows.forEach(window -> running.add(window.observations(), window.passAllowed()));
        return running.judgement();
    }

    /** The judgement after every window; the last one is what {@link #judge} gives. Parameters and errors as there. */
    public List<Judgement> judgeEach(List<JudgeWindow> windows) {
        RunningJudgement running = new RunningJudgement(plan);
        List<Judgement> judgements = new ArrayList<>(windows.size());
        for (JudgeWindow window : windows) {
            running.add(window.observations(), window.passAllowed());
            judgements.add(running.judgement());
        }
        return judgements;
    }

    /**
     * The judgement after the window that decides, or after the last: for whoever acts on the first PASS or FAIL and then looks
     * away. Windows after that one are not asked for. Errors as in {@link #judge}.
     *
     * @param windows from the first of the run, in order; may be empty
     */
    public Judgement judgeUntilDecided(Iterable<JudgeWindow> windows) {
        RunningJudgement running = new RunningJudgement(plan);
        for (JudgeWindow window : windows) {
            running.add(window.observations(), window.passAllowed());
            if (running.verdict() != Verdict.CONTINUE) {
                break;
            }
        }
        return running.judgement();
    }
}
