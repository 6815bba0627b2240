package dev.portcullis.rollback.cluster;

import dev.portcullis.kit.client.Breakers;
import dev.portcullis.rollback.cluster.ClusterException.Fault;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The clusters of the configuration folder, by name. A cluster is opened when it is first asked for, and anew when its settings changed. Thread-safe.
 */
public final class Clusters implements AutoCloseable {
    private record Opened(ClusterSettings settings, ApiServer server) {}

    private final Supplier<Map<String, ClusterSettings>> settings;
    private final ClusterAccess access;
    private final OpenTelemetry telemetry;
    private final Breakers breakers;
    private final Clock clock;
    private final Map<String, Opened> opened = new HashMap<>();

    /**
     * @param settings the configured clusters by name, as they are now; one called "default" need not be among them
     * @param environment where a pod finds the address of its cluster
     */
    public Clusters(
            Supplier<Map<String, ClusterSettings>> settings,
            Map<String, String> environment,
            OpenTelemetry telemetry,
            Breakers breakers,
            Clock clock) {
        this.settings = settings;
        this.access = new ClusterAccess(environment);
        this.telemetry = telemetry;
        this.breakers = breakers;
        this.clock = clock;
    }

    /**
     * The cluster of a name.
     *
     * @throws ClusterException UNKNOWN_CLUSTER when none is configured under that name, or how it is reached cannot be read
     */
    public synchronized Cluster named(String name) throws ClusterException {
        var wanted = wanted(name);
        var known = opened.get(name);
        if (known != null && known.settings().equals(wanted)) {
            return new KubernetesCluster(known.server());
        }
        var server = open(wanted);
        opened.put(name, new Opened(wanted, server));
        if (known != null) {
            known.server().close();
        }
        return new KubernetesCluster(server);
    }

    private ApiServer open(ClusterSettings wanted) throws ClusterException {
        var connection = new ApiConnection(access.read(wanted), wanted.timeout(), clock);
        return new ApiServer(wanted, connection, telemetry, breakers);
    }

    private ClusterSettings wanted(String name) throws ClusterException {
        var configured = settings.get();
        var found = Optional.ofNullable(configured.get(name));
        if (found.isEmpty() && name.equals(ClusterSettings.DEFAULT)) {
            return ClusterSettings.usual();
        }
        return found.orElseThrow(() -> {
            var names = new TreeSet<>(configured.keySet());
            names.add(ClusterSettings.DEFAULT);
            return new ClusterException(
                    Fault.UNKNOWN_CLUSTER,
                    "cluster '" + name + "' is not configured; known: " + String.join(", ", names));
        });
    }

    /** Ends the connections to all clusters. */
    @Override
    public synchronized void close() {
        opened.values().forEach(cluster -> cluster.server().close());
        opened.clear();
    }
}
