package dev.portcullis.launcher.services;

import dev.portcullis.kit.client.GateAddress;
import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.database.EmbeddedDatabase;
import dev.portcullis.kit.database.FailedStart;
import dev.portcullis.kit.launch.RunningService;
import dev.portcullis.kit.launch.ServiceLauncher;
import dev.portcullis.kit.lifecycle.StartedParts;
import dev.portcullis.kit.lifecycle.StartupException;
import dev.portcullis.kit.text.FileText;
import dev.portcullis.kit.transparency.SignerKeyFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The three services in this process, each with its own container, schema and telemetry, talking to each other by gRPC as they would apart.
 *
 * <p>Started from one thread; may be closed by another, also before everything is started.
 */
public final class AllServices implements AutoCloseable {
    private static final int PEER_KEY_BYTES = 32;

    private final StartedParts started;
    private final Map<String, RunningService> services = new HashMap<>();
    private final PrintStream out;

    /**
     * Services that are not started yet, so that whoever may have to end them can have them before.
     *
     * @param out where one line per service is printed when it is ready
     */
    public AllServices(PrintStream out) {
        this.out = out;
        this.started = new StartedParts(out::println);
    }

    /**
     * Starts a database (unless PORTCULLIS_DB_URL names one) and the services, those that are asked before those that ask.
     *
     * @param config the configuration folder
     * @param data folder of the embedded database
     * @throws dev.portcullis.kit.lifecycle.StartupException when one of them cannot run, or the end was asked for meanwhile
     */
    public void start(Path config, Path data) {
        start(config, data, Map.of());
    }

    /** Starts them with settings such as "portcullis.db.url", for a database that is there, or not at all. */
    public static AllServices start(Path config, Path data, PrintStream out, Map<String, Object> given) {
        var all = new AllServices(out);
        try {
            all.start(config, data, given);
            return all;
        } catch (RuntimeException e) {
            all.close();
            throw e;
        }
    }

    /** The same with settings over those of the environment, e.g. "gate.http.port". */
    public void start(Path config, Path data, Map<String, Object> given) {
        var settings = new HashMap<>(given);
        settings.put("portcullis.config", config.toString());
        settings.putIfAbsent("portcullis.peer.key", peerKey());
        if (!given.containsKey("portcullis.db.url") && isBlank(System.getenv("PORTCULLIS_DB_URL"))) {
            var database = started.start(() -> EmbeddedDatabase.start(data));
            put(settings, database.settings());
            putAuditFiles(settings, data);
            out.println("database ready: embedded PostgreSQL in " + data);
            try {
                startServices(settings);
            } catch (StartupException e) {
                if (!started.isEnded()) {
                    FailedStart.note(data, String.valueOf(e.getMessage()));
                }
                throw e;
            }
        } else {
            startServices(settings);
        }
    }

    /** The services of this process know each other by what nobody else can know. */
    private static String peerKey() {
        var random = new byte[PEER_KEY_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private void startServices(Map<String, Object> settings) {
        var analysis = startOne("analysis", settings);
        settings.put("portcullis.analysis.address", "127.0.0.1:" + analysis.grpcPort());
        var rollback = startOne("rollback", settings);
        settings.put("portcullis.rollback.address", "127.0.0.1:" + rollback.grpcPort());
        var gate = startOne("gate", settings);
        for (var service : List.of(analysis, rollback)) {
            service.get(GateAddress.class).set("127.0.0.1:" + gate.grpcPort());
        }
    }

    private RunningService startOne(String name, Map<String, Object> shared) {
        var settings = new HashMap<>(shared);
        for (var kind : new String[] {"http", "grpc"}) {
            var port = shared.get(name + "." + kind + ".port");
            if (port != null) {
                settings.put("portcullis." + kind + ".port", port);
            }
        }
        var service = started.start(() -> ServiceLauncher.start(name, settings));
        services.put(name, service);
        out.println(name + "-service ready: " + service.httpAddress() + ", gRPC 127.0.0.1:" + service.grpcPort());
        return service;
    }

    private static void put(Map<String, Object> settings, DatabaseSettings database) {
        settings.put("portcullis.db.url", database.url());
        settings.put("portcullis.db.user", database.user());
        settings.put("portcullis.db.password", database.password());
    }

    /** Beside the embedded database the audit log is signed without being asked for, by a key that is made for it. */
    private static void putAuditFiles(Map<String, Object> settings, Path data) {
        if (!isBlank(System.getenv("PORTCULLIS_AUDIT_KEY")) || settings.containsKey("portcullis.audit.key")) {
            return;
        }
        var key = data.resolve("audit.key");
        try {
            if (Files.notExists(key)) {
                SignerKeyFile.create(key, "portcullis.local/audit");
            }
        } catch (IOException e) {
            throw new StartupException(
                    "the key of the audit log, " + key + ", cannot be made: " + FileText.fault(e), e);
        }
        settings.put("portcullis.audit.key", key.toString());
        settings.put(
                "portcullis.audit.checkpoint", data.resolve("audit.checkpoint").toString());
    }

    private static boolean isBlank(@org.jspecify.annotations.Nullable String text) {
        return text == null || text.isBlank();
    }

    /**
     * A service by its short name: "analysis", "gate" or "rollback".
     *
     * @throws IllegalArgumentException when it is another name, or the service is not started yet
     */
    public RunningService service(String name) {
        var service = services.get(name);
        if (service == null) {
            throw new IllegalArgumentException("no service '" + name + "'");
        }
        return service;
    }

    /** gate-service. */
    public RunningService gate() {
        return service("gate");
    }

    /** rollback-service. */
    public RunningService rollback() {
        return service("rollback");
    }

    /** Ends everything in the reverse order of its start; an end that fails does not keep the others from ending. */
    @Override
    public void close() {
        started.close();
    }
}
