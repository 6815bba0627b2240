package dev.portcullis.analysis.source.prometheus;

/** No result that can be used. The message is one line, without secrets. */
final class QueryFailureException extends Exception {
    private static final long serialVersionUID = 1L;

    private final QueryFailure failure;

    QueryFailureException(QueryFailure failure, String reason) {
        super(reason);
        this.failure = failure;
    }

    QueryFailure failure() {
        return failure;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
