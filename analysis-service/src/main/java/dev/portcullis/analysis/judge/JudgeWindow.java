package dev.portcullis.analysis.judge;

import dev.portcullis.analysis.evidence.Observation;
import java.util.List;

/**
 * What was seen in one window, where a run is judged that is recorded or simulated.
 *
 * @param observations of each objective, in the order of the plan
 * @param passAllowed whether the bake time is over at the end of this window; without it there is no PASS
 */
public record JudgeWindow(List<Observation> observations, boolean passAllowed) {
    /** Keeps its own copy. */
    public JudgeWindow {
        observations = List.copyOf(observations);
    }
}
