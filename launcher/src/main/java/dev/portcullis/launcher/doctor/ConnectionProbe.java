package dev.portcullis.launcher.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Optional;

/** Whether a connection can be made, without sending anything. */
final class ConnectionProbe {
    private static final int TIMEOUT_MS = 3_000;
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    private ConnectionProbe() {}

    /** Why there is none; empty when there is. */
    static Optional<String> fault(URI address) {
        int usual = "https".equalsIgnoreCase(address.getScheme()) ? HTTPS_PORT : HTTP_PORT;
        return fault(String.valueOf(address.getHost()), address.getPort() < 0 ? usual : address.getPort());
    }

    static Optional<String> fault(String host, int port) {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            return Optional.of("the name " + host + " is not known");
        }
        try (Socket socket = new Socket()) {
            socket.connect(address, TIMEOUT_MS);
            return Optional.empty();
        } catch (SocketTimeoutException e) {
            return Optional.of("no connection within " + TIMEOUT_MS + " ms");
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** An address without what may be secret: user and query. */
    static String shown(URI address) {
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return address.getScheme() + "://" + address.getHost() + port
                + (address.getPath() == null ? "" : address.getPath());
    }
}
