package dev.portcullis.rollback.cluster;

import dev.portcullis.rollback.cluster.ClusterException.Fault;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;

/** What a request without an answer means. */
final class ConnectionFault {
    /** The request was not sent, since there is nothing to identify oneself with. */
    static final class NotSentException extends IOException {
        private static final long serialVersionUID = 1L;

        NotSentException(String message) {
            super(message);
        }
    }

    private ConnectionFault() {}

    static Fault of(IOException e) {
        return switch (e) {
            case ConnectException refused -> Fault.CONNECT;
            case HttpConnectTimeoutException slow -> Fault.CONNECT;
            case SSLHandshakeException untrusted -> Fault.CONNECT;
            case NotSentException early -> Fault.CONNECT;
            case HttpTimeoutException slow -> Fault.TIMEOUT;
            default -> Fault.BROKEN;
        };
    }

    static String text(IOException e, Duration timeout) {
        return switch (e) {
            case ConnectException refused -> "connection refused or not answered";
            case HttpConnectTimeoutException slow -> "connection refused or not answered";
            case SSLHandshakeException untrusted -> "no secure connection: " + untrusted.getMessage();
            case NotSentException early -> "not sent: " + early.getMessage();
            case HttpTimeoutException slow -> "no answer within " + timeout.toMillis() + " ms";
            default ->
                "the connection broke: " + Optional.ofNullable(e.getMessage()).orElse("no reason told");
        };
    }
}
