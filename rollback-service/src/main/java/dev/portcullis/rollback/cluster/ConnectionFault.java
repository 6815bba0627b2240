package dev.portcullis.rollback.cluster;

import dev.portcullis.rollback.cluster.ClusterException.Fault;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;

/**
 * What a request without an answer means.
 *
 * @param server "host:port"
 * @param connectLimit how long a connection may take
 * @param timeout how long the whole exchange may take
 */
record ConnectionFault(String server, Duration connectLimit, Duration timeout) {
    /** The request was not sent, since there is nothing to identify oneself with. */
    static final class NotSentException extends IOException {
        private static final long serialVersionUID = 1L;

        NotSentException(String message) {
            super(message);
        }
    }

    static Fault of(IOException e) {
        return switch (e) {
            case ConnectException refused -> Fault.CONNECT;
            case HttpConnectTimeoutException slow -> Fault.CONNECT;
            case SSLHandshakeException untrusted -> Fault.CONNECT;
            case NotSentException early -> Fault.CONNECT;
            case HttpTimeoutException slow -> Fault.TIMEOUT;
            default -> hasNoWay(e) ? Fault.CONNECT : Fault.BROKEN;
        };
    }

    /** A network without a way to the host is told as any other trouble with a socket, e.g. "Network is unreachable". */
    private static boolean hasNoWay(IOException e) {
        return e instanceof NoRouteToHostException || (e instanceof SocketException && told(e).contains("unreachable"));
    }

    String text(IOException e) {
        return switch (e) {
            case ConnectException refused -> "no connection to " + server + ": " + refusal(refused);
            case HttpConnectTimeoutException slow ->
                "no connection to " + server + " within " + connectLimit.toMillis() + " ms";
            case SSLHandshakeException untrusted -> "no secure connection to " + server + ": " + untrusted.getMessage();
            case NotSentException early -> "not sent to " + server + ": " + early.getMessage();
            case HttpTimeoutException slow -> "no answer from " + server + " within " + timeout.toMillis() + " ms";
            default ->
                hasNoWay(e)
                        ? "no connection to " + server + ": " + told(e)
                        : "the connection to " + server + " broke: " + told(e);
        };
    }

    private static String refusal(ConnectException e) {
        return e.getCause() instanceof UnresolvedAddressException ? "the name is not known" : "refused";
    }

    private static String told(IOException e) {
        return Optional.ofNullable(e.getMessage()).orElse("no reason told");
    }
}
