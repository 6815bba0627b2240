package dev.portcullis.rollback.targets.featureflag;

import dev.portcullis.rollback.exchange.ResponseRedactor;
import dev.portcullis.rollback.plan.ApplyResult;
import java.net.http.HttpHeaders;
import java.time.Duration;

/**
 * An answer over HTTP.
 *
 * @param call method and address, without a query
 * @param status of the answer
 * @param headers of the answer
 * @param body of the answer, as it came
 * @param redactor what of it may be shown
 * @param pause the least time the other side wants to be left alone
 */
record FlagResponse(
        String call, int status, HttpHeaders headers, String body, ResponseRedactor redactor, Duration pause) {
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;
    private static final int TOO_EARLY = 425;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    /** What was answered, in one line. */
    String text() {
        return call + " answered " + status + (status / 100 == 3 ? " (redirects are not followed)" : "")
                + redactor.body(body);
    }

    /**
     * The answer to a look, which must be 200.
     *
     * @throws FlagFault when it is not
     */
    FlagResponse read() throws FlagFault {
        if (status == OK) {
            return this;
        }
        throw new FlagFault(
                switch (status) {
                    case UNAUTHORIZED, FORBIDDEN -> FlagFault.Kind.DENIED;
                    case NOT_FOUND -> FlagFault.Kind.MISSING;
                    case REQUEST_TIMEOUT, TOO_EARLY, TOO_MANY -> FlagFault.Kind.PASSING;
                    default -> status >= SERVER_ERROR ? FlagFault.Kind.PASSING : FlagFault.Kind.NOT_POSSIBLE;
                },
                text(),
                pause);
    }

    /** What the answer to a conditional change means. */
    ApplyResult changed(String done) {
        if (status / 100 == 2) {
            return new ApplyResult.Accepted(done);
        }
        return switch (status) {
            case TOO_EARLY, TOO_MANY -> new ApplyResult.Again(text(), pause, false);
            // The condition did not hold: looking again tells why.
            case CONFLICT, PRECONDITION_FAILED -> new ApplyResult.Again(text(), pause, false);
            case REQUEST_TIMEOUT -> new ApplyResult.Again(text(), pause, true);
            default ->
                status >= SERVER_ERROR ? new ApplyResult.Again(text(), pause, true) : new ApplyResult.Refused(text());
        };
    }
}
