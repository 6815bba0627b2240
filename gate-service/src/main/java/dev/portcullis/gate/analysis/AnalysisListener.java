package dev.portcullis.gate.analysis;

import java.util.List;

/** Is told at once when analyses say something else than before; may miss some, and may be told twice. Thread-safe. */
public interface AnalysisListener {
    /**
     * Takes note and returns; what follows happens in the background.
     *
     * @param reports of which the verdict or the state has changed
     */
    void turned(List<AnalysisReport> reports);
}
