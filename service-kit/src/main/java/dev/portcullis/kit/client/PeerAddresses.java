package dev.portcullis.kit.client;

import dev.portcullis.kit.lifecycle.StartupException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where the services ask each other over gRPC, each as host:port.
 *
 * @param analysis that of analysis-service
 * @param gate that of gate-service, when this process starts
 * @param rollback that of rollback-service
 */
public record PeerAddresses(String analysis, String gate, String rollback) {
    private static final int LARGEST_PORT = 65_535;

    /**
     * The address that a variable gives.
     *
     * @param service "analysis", "gate" or "rollback"
     * @param given what PORTCULLIS_(service)_ADDRESS has; blank for this machine
     * @param port where the service listens on this machine, which PORTCULLIS_(service)_GRPC_PORT has
     * @throws StartupException when it is no host with a port, naming the variable
     */
    public static String address(String service, String given, String port) {
        var prefix = "PORTCULLIS_" + service.toUpperCase(Locale.ROOT);
        var address = given.isBlank() ? "127.0.0.1:" + port.strip() : given.strip();
        if (!isLegal(address)) {
            throw new StartupException(
                    given.isBlank()
                            ? prefix + "_GRPC_PORT: is '" + port + "'; legal: a port up to " + LARGEST_PORT
                            : prefix + "_ADDRESS: is '" + given + "'; legal: HOST:PORT without a scheme, as " + service
                                    + ".example:9101, with a port up to " + LARGEST_PORT);
        }
        return address;
    }

    private static boolean isLegal(String address) {
        try {
            var uri = new URI("dns://" + address);
            return uri.getHost() != null
                    && uri.getPort() >= 0
                    && uri.getPort() <= LARGEST_PORT
                    && address.equals(uri.getHost() + ":" + uri.getPort());
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
