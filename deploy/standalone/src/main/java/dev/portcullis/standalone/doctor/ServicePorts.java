package dev.portcullis.standalone.doctor;

import dev.portcullis.kit.lifecycle.StartupException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The ports of the three services, looked at before anything is started. */
public final class ServicePorts {
    private static final int QUEUE = 1;

    private ServicePorts() {}

    /**
     * Refuses to go on when one of them is taken. It may still be taken a moment later: then the service itself says so.
     *
     * @param variables as {@link System#getenv()}
     * @throws StartupException naming every port that is taken, and the variable that sets it
     */
    public static void requireFree(Map<String, String> variables) {
        List<String> taken = new ArrayList<>();
        for (ServiceAddress service : ServiceAddress.all(new Environment(variables, Path.of(""), Path.of("")))) {
            if (service.isLegal()) {
                add(service, "HTTP", service.httpPort(), taken);
                add(service, "GRPC", service.grpcPort(), taken);
            }
        }
        if (!taken.isEmpty()) {
            throw new StartupException("nothing was started: " + String.join(", ", taken)
                    + "; end what listens there (another Portcullis?), or set the variable to a free port");
        }
    }

    private static void add(ServiceAddress service, String protocol, int port, List<String> taken) {
        try {
            new ServerSocket(port, QUEUE, InetAddress.getLoopbackAddress()).close();
        } catch (IOException e) {
            taken.add("port " + port + " (" + ServiceAddress.variable(service.name(), protocol) + ") is taken");
        }
    }
}
