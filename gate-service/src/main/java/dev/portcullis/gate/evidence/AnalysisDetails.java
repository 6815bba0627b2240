package dev.portcullis.gate.evidence;

import dev.portcullis.gate.analysis.AnalysisUnavailableException;
import java.util.Optional;

/** The analyses of analysis-service as people look at them. Nothing is decided by this. Thread-safe. */
public interface AnalysisDetails {
    /**
     * An analysis as it is now.
     *
     * @param analysis "analyses/{uuid}"
     * @return empty when there is no such analysis any more
     * @throws AnalysisUnavailableException when it cannot be had, within seconds
     */
    Optional<AnalysisDetail> read(String analysis);
}
