package dev.portcullis.analysis.run;

import java.util.UUID;

/** A request id came with another body than the first time. */
public final class RequestReusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final UUID requestId;

    public RequestReusedException(UUID requestId) {
        super("request_id " + requestId + " was used before with another body; use a new one, or the old body");
        this.requestId = requestId;
    }

    /** The id that was reused. */
    public UUID requestId() {
        return requestId;
    }
}
