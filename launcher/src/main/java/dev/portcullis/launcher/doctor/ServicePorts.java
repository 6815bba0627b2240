package dev.portcullis.launcher.doctor;

import dev.portcullis.kit.lifecycle.StartupException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ports of the three services, looked at before anything is started. They may still be taken a moment later: then the service itself says so. */
public final class ServicePorts {
    private static final int QUEUE = 1;

    private ServicePorts() {}

    /**
     * A port of a service.
     *
     * @param setting "gate.http.port" and its like
     * @param variable that sets it
     */
    private record Port(String setting, String variable, int number) {
        static Stream<Port> of(ServiceAddress service) {
            return service.isLegal()
                    ? Stream.of(
                            new Port(
                                    service.name() + ".http.port",
                                    ServiceAddress.variable(service.name(), "HTTP"),
                                    service.httpPort()),
                            new Port(
                                    service.name() + ".grpc.port",
                                    ServiceAddress.variable(service.name(), "GRPC"),
                                    service.grpcPort()))
                    : Stream.empty();
        }

        boolean isTaken() {
            try {
                new ServerSocket(number, QUEUE, InetAddress.getLoopbackAddress()).close();
                return false;
            } catch (IOException e) {
                return true;
            }
        }
    }

    /**
     * Refuses to go on when one of them is taken.
     *
     * @param variables as {@link System#getenv()}
     * @throws StartupException naming every port that is taken, and the variable that sets it
     */
    public static void requireFree(Map<String, String> variables) {
        refuse(taken(variables));
    }

    /**
     * Any free port in place of each usual one that is taken.
     *
     * @return 0, which means any, by settings such as "gate.http.port"; empty when all are free
     * @throws StartupException when a port is taken that a variable names, as {@link #requireFree}
     */
    public static Map<String, Object> inPlaceOfTaken(Map<String, String> variables) {
        Map<Boolean, List<Port>> byNamed = taken(variables).stream()
                .collect(Collectors.partitioningBy(
                        port -> !variables.getOrDefault(port.variable(), "").isBlank()));
        refuse(byNamed.getOrDefault(true, List.of()));
        return byNamed.getOrDefault(false, List.of()).stream().collect(Collectors.toMap(Port::setting, port -> 0));
    }

    private static List<Port> taken(Map<String, String> variables) {
        return ServiceAddress.all(new Environment(variables, Path.of(""), Path.of(""), Optional.empty())).stream()
                .flatMap(Port::of)
                .filter(Port::isTaken)
                .toList();
    }

    private static void refuse(List<Port> taken) {
        if (!taken.isEmpty()) {
            throw new StartupException(taken.stream()
                    .map(port -> "port " + port.number() + " (" + port.variable() + ") is taken")
                    .collect(Collectors.joining(
                            ", ",
                            "nothing was started: ",
                            "; end what listens there (another Portcullis?), or set the variable to a free port")));
        }
    }
}
