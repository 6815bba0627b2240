package dev.portcullis.analysis.run;

import dev.portcullis.analysis.judge.Judgement;
import java.util.List;

/**
 * What an analysis amounted to when one of its windows closed.
 *
 * @param window the last window taken in
 * @param judgement what the sequential judge made of the windows up to it
 * @param objectives in the order of the plan
 */
public record HistoryPoint(Window window, Judgement judgement, List<ObjectiveHistory> objectives) {
    /** Keeps its own copy. */
    public HistoryPoint {
        objectives = List.copyOf(objectives);
    }
}
