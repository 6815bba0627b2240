package dev.portcullis.rollback.rollback;

import java.util.UUID;

/** A request id that came a second time with another order. */
public final class RequestIdReusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final UUID requestId;

    public RequestIdReusedException(UUID requestId, String existing) {
        super("request_id " + requestId + " was used before with another body, for " + existing
                + "; nothing was started: use a new request_id for a new rollback");
        this.requestId = requestId;
    }

    public UUID requestId() {
        return requestId;
    }
}
