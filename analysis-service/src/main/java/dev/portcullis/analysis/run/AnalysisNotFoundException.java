package dev.portcullis.analysis.run;

import java.util.UUID;

/** There is no analysis of that id. */
public final class AnalysisNotFoundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final UUID id;

    public AnalysisNotFoundException(UUID id) {
        super("no analysis of id " + id);
        this.id = id;
    }

    /** The id asked for. */
    public UUID id() {
        return id;
    }
}
