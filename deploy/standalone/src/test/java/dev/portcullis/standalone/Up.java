package dev.portcullis.standalone;

import dev.portcullis.kit.database.DatabaseSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Starts all services for a test, on free ports. */
final class Up {
    private static final Map<String, Integer> ANY_PORT = Map.of(
            "analysis.http.port", 0,
            "analysis.grpc.port", 0,
            "gate.http.port", 0,
            "gate.grpc.port", 0,
            "rollback.http.port", 0,
            "rollback.grpc.port", 0);

    private Up() {}

    static AllServices start(Site site, Path folder) {
        site.configure(folder.resolve("config"));
        return startEmpty(folder);
    }

    static AllServices startEmpty(Path folder) {
        try {
            Files.createDirectories(folder.resolve("config"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        return AllServices.start(folder.resolve("config"), folder.resolve("data"), out, ANY_PORT);
    }

    /** Settings that bring analysis-service back on its old port and database. */
    static Map<String, Object> analysisAgain(AllServices services, Path folder, int grpcPort) {
        var database = services.gate().get(DatabaseSettings.class);
        var settings = new HashMap<String, Object>();
        settings.put("portcullis.config", folder.resolve("config").toString());
        settings.put("portcullis.db.url", database.url());
        settings.put("portcullis.db.user", database.user());
        settings.put("portcullis.db.password", database.password());
        settings.put("portcullis.http.port", 0);
        settings.put("portcullis.grpc.port", grpcPort);
        return settings;
    }

    /** Free ports as the environment variables of the launcher. */
    static Map<String, String> freePorts() {
        var ports = new LinkedHashMap<String, String>();
        for (var service : new String[] {"ANALYSIS", "GATE", "ROLLBACK"}) {
            for (var kind : new String[] {"HTTP", "GRPC"}) {
                ports.put("PORTCULLIS_" + service + "_" + kind + "_PORT", String.valueOf(freePort()));
            }
        }
        return ports;
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
