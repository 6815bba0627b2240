package dev.portcullis.launcher;

import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.testing.ChildJvm;
import dev.portcullis.kit.testing.FreePorts;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.launcher.services.AllServices;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Starts all services for a test, on free ports and a new database of the module's server; child processes start one of their own. */
public final class TestPortcullis {
    static final Map<String, Object> ANY_PORT = Map.of(
            "analysis.http.port", 0,
            "analysis.grpc.port", 0,
            "gate.http.port", 0,
            "gate.grpc.port", 0,
            "rollback.http.port", 0,
            "rollback.grpc.port", 0);

    /** So that a slow machine changes no answer of the gate. */
    private static final Map<String, Object> PATIENT = Map.of(
            "portcullis.gate.limit.answer", "9s",
            "portcullis.gate.limit.analysis", "5s",
            "portcullis.gate.limit.rollback-start", "2500ms",
            "portcullis.gate.limit.rollback-state", "1500ms");

    private TestPortcullis() {}

    public static AllServices start(Site site, Path folder) {
        site.configure(folder.resolve("config"));
        return startEmpty(folder);
    }

    /** The same with more settings. */
    public static AllServices start(Site site, Path folder, Map<String, Object> more) {
        site.configure(folder.resolve("config"));
        return startEmpty(folder, more);
    }

    static AllServices startEmpty(Path folder) {
        return startEmpty(folder, Map.of());
    }

    /** The same with the configuration that is in the folder already. */
    public static AllServices startEmpty(Path folder, Map<String, Object> more) {
        try {
            Files.createDirectories(folder.resolve("config"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var settings = new HashMap<>(ANY_PORT);
        settings.putAll(PATIENT);
        // One that a test may bring it back on.
        settings.put("analysis.grpc.port", FreePorts.next());
        settings.putAll(more);
        put(settings, TestDatabase.fresh());
        return AllServices.start(folder.resolve("config"), folder.resolve("data"), out, settings);
    }

    /** Settings that bring analysis-service back on its old port and database. */
    static Map<String, Object> analysisAgain(AllServices services, Path folder, int grpcPort) {
        var database = services.gate().get(DatabaseSettings.class);
        var settings = new HashMap<String, Object>();
        settings.put("portcullis.config", folder.resolve("config").toString());
        put(settings, database);
        settings.put("portcullis.http.port", 0);
        settings.put("portcullis.grpc.port", grpcPort);
        return settings;
    }

    private static void put(Map<String, Object> settings, DatabaseSettings database) {
        settings.put("portcullis.db.url", database.url());
        settings.put("portcullis.db.user", database.user());
        settings.put("portcullis.db.password", database.password());
    }

    /** Free ports as the environment variables of the launcher, none of them one that a server or a connection would be given by the system meanwhile. */
    public static Map<String, String> freePorts() {
        var ports = new LinkedHashMap<String, String>();
        for (var service : new String[] {"ANALYSIS", "GATE", "ROLLBACK"}) {
            for (var kind : new String[] {"HTTP", "GRPC"}) {
                ports.put("PORTCULLIS_" + service + "_" + kind + "_PORT", String.valueOf(FreePorts.next()));
            }
        }
        return ports;
    }

    /**
     * Sees to it that children start from a cache.
     *
     * @param folder an empty one
     */
    public static void train(Path folder) {
        var installation = new Installation(folder, Map.of());
        ChildJvm.train(
                Portcullis.class,
                List.of(
                        "up",
                        "--config",
                        installation.configuration().toString(),
                        "--data",
                        installation.data().toString()),
                freePorts(),
                folder.resolve("out"),
                child -> child.awaitLine("portcullis is up", Duration.ofMinutes(4)));
    }
}
