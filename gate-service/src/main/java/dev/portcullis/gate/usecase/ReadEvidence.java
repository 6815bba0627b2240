package dev.portcullis.gate.usecase;

import dev.portcullis.gate.analysis.AnalysisUnavailableException;
import dev.portcullis.gate.evidence.AnalysisDetail;
import dev.portcullis.gate.evidence.AnalysisDetails;
import dev.portcullis.gate.release.Release;
import java.util.Optional;

/** Reads what analysis-service knows of a release, for people. Nothing is decided by it, and it waits seconds at most. Thread-safe. */
public final class ReadEvidence {
    private final AnalysisDetails details;

    public ReadEvidence(AnalysisDetails details) {
        this.details = details;
    }

    /**
     * The analysis of a release as it is now.
     *
     * @return empty when none was started, or it is no longer kept
     * @throws AnalysisUnavailableException when it cannot be had just now
     */
    public Optional<AnalysisDetail> of(Release release) {
        return Optional.of(release.analysis())
                .filter(analysis -> !analysis.isEmpty())
                .flatMap(details::read);
    }
}
