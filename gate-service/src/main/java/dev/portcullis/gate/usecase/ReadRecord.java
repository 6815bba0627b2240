package dev.portcullis.gate.usecase;

import dev.portcullis.gate.analysis.Analyses;
import dev.portcullis.gate.release.AnalysisRecords;
import dev.portcullis.gate.release.Release;
import java.util.Optional;

/** Reads what the analysis of a release follows from: what is kept with the release, or what analysis-service has as long as nothing is kept. Thread-safe. */
public final class ReadRecord {
    private final AnalysisRecords records;
    private final Analyses analyses;

    public ReadRecord(AnalysisRecords records, Analyses analyses) {
        this.records = records;
        this.analyses = analyses;
    }

    /**
     * The record of an analysis that a release is or was judged by.
     *
     * @param analysis its name; empty for none
     * @return empty when the release has no analysis, or there is no record of it any more
     * @throws dev.portcullis.gate.analysis.AnalysisUnavailableException when nothing is kept yet and analysis-service cannot be asked
     */
    public Optional<byte[]> of(Release release, String analysis) {
        return analysis.isEmpty()
                ? Optional.empty()
                : records.find(release.id(), analysis).or(() -> analyses.record(analysis));
    }
}
