package dev.portcullis.gate.analysis;

/** analysis-service could not be asked, or could not answer. */
public final class AnalysisUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param detail why, one line */
    public AnalysisUnavailableException(String detail) {
        super(detail);
    }
}
