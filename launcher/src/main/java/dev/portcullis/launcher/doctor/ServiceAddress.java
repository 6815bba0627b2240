package dev.portcullis.launcher.doctor;

import java.util.List;
import java.util.Locale;

/**
 * Where a service is to listen.
 *
 * @param name "analysis", "gate" or "rollback"
 */
record ServiceAddress(String name, String http, String grpc) {
    static final int LARGEST_PORT = 65_535;

    static List<ServiceAddress> all(Environment environment) {
        return List.of(
                of(environment, "analysis", "8081", "9101"),
                of(environment, "rollback", "8083", "9103"),
                of(environment, "gate", "8080", "9102"));
    }

    private static ServiceAddress of(Environment environment, String name, String http, String grpc) {
        return new ServiceAddress(
                name, environment.get(variable(name, "HTTP"), http), environment.get(variable(name, "GRPC"), grpc));
    }

    static String variable(String service, String protocol) {
        return "PORTCULLIS_" + service.toUpperCase(Locale.ROOT) + "_" + protocol + "_PORT";
    }

    boolean isLegal() {
        return isPort(http) && isPort(grpc);
    }

    private static boolean isPort(String text) {
        return text.matches("[0-9]{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= LARGEST_PORT;
    }

    int httpPort() {
        return Integer.parseInt(http);
    }

    int grpcPort() {
        return Integer.parseInt(grpc);
    }
}
