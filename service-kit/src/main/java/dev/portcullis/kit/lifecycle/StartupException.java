package dev.portcullis.kit.lifecycle;

import java.net.BindException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A start that cannot go on, with a message for the person who started it: what, with which value, what to do. */
public final class StartupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartupException(String message) {
        super(message);
    }

    public StartupException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The fault of a server socket, told with the address and the way out. */
    public static StartupException cannotListen(String protocol, InetSocketAddress address, Throwable cause) {
        var where = address.getHostString() + ":" + address.getPort();
        return isBind(cause)
                ? new StartupException(
                        protocol + " cannot listen on " + where
                                + ": the port is in use; stop the other process or choose another port"
                                + " (PORTCULLIS_<SERVICE>_HTTP_PORT, PORTCULLIS_<SERVICE>_GRPC_PORT)",
                        cause)
                : new StartupException(protocol + " cannot listen on " + where + ": " + cause.getMessage(), cause);
    }

    private static boolean isBind(@Nullable Throwable cause) {
        for (var c = cause; c != null; c = c.getCause()) {
            if (c instanceof BindException
                    || (c.getMessage() != null && c.getMessage().contains("Address already in use"))) {
                return true;
            }
        }
        return false;
    }
}
