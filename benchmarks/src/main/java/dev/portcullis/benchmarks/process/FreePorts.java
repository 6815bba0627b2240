package dev.portcullis.benchmarks.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Ports of 127.0.0.1 that were free a moment ago, as the environment variables of the services. Immutable. */
public final class FreePorts {
    private static final List<String> SERVICES = List.of("analysis", "gate", "rollback");

    private final Map<String, String> environment;

    private FreePorts(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Six different ports, an HTTP and a gRPC one for each service. */
    public static FreePorts free() throws IOException {
        var environment = new HashMap<String, String>();
        // All are open together, so that none is given twice.
        var sockets = new ArrayDeque<ServerSocket>();
        try {
            for (var service : SERVICES) {
                for (var kind : List.of("http", "grpc")) {
                    sockets.push(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
                    environment.put(
                            variable(service, kind),
                            Integer.toString(sockets.getFirst().getLocalPort()));
                }
            }
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
        return new FreePorts(environment);
    }

    /** One free port. */
    public static int one() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String variable(String service, String kind) {
        return ("PORTCULLIS_" + service + "_" + kind + "_PORT").toUpperCase(Locale.ROOT);
    }

    /** The variables PORTCULLIS_(service)_HTTP_PORT and _GRPC_PORT. */
    public Map<String, String> environment() {
        return environment;
    }

    /**
     * An HTTP address of a service.
     *
     * @param service "analysis", "gate" or "rollback"
     * @param path with a leading slash
     */
    public URI http(String service, String path) {
        var port = Objects.requireNonNull(environment.get(variable(service, "http")), service);
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /**
     * Host and gRPC port of a service.
     *
     * @param service "analysis", "gate" or "rollback"
     */
    public String grpc(String service) {
        return "127.0.0.1:" + Objects.requireNonNull(environment.get(variable(service, "grpc")), service);
    }
}
