package dev.portcullis.rollback.cluster;

import dev.portcullis.kit.client.Breakers;
import dev.portcullis.rollback.cluster.ClusterException.Fault;
import io.fabric8.kubernetes.client.Config;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clusters of the configuration folder, by name. A cluster is opened when it is first asked for, and anew when its settings or its kubeconfig
 * file changed; requests under way end undisturbed. Thread-safe.
 */
public final class Clusters implements AutoCloseable {
    private record OpenCluster(ClusterSettings settings, String stamp, ApiServer server) {
        boolean isOf(ClusterSettings wanted, String now) {
            return settings.equals(wanted) && stamp.equals(now);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Clusters.class);

    /** How long reading a kubeconfig may take, with a program it names. */
    private static final Duration OPENING_LIMIT = Duration.ofSeconds(10);

    private final Supplier<Map<String, ClusterSettings>> settings;
    private final Duration openingLimit;
    private final ClusterAccess access;
    private final OpenTelemetry telemetry;
    private final Breakers breakers;
    private final Clock clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, OpenCluster> opened = new HashMap<>();

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
        this(settings, environment, telemetry, breakers, clock, OPENING_LIMIT);
    }

    Clusters(
            Supplier<Map<String, ClusterSettings>> settings,
            Map<String, String> environment,
            OpenTelemetry telemetry,
            Breakers breakers,
            Clock clock,
            Duration openingLimit) {
        this.settings = settings;
        this.openingLimit = openingLimit;
        this.access = new ClusterAccess(environment);
        this.telemetry = telemetry;
        this.breakers = breakers;
        this.clock = clock;
    }

    /**
     * The cluster of a name. Reads no more than whether its settings changed, except when it opens the cluster; then it waits for 10 s at most.
     *
     * @throws ClusterException UNKNOWN_CLUSTER when none is configured under that name, or how it is reached cannot be read
     */
    public Cluster named(String name) throws ClusterException {
        var wanted = wanted(name);
        var stamp = access.stamp(wanted);
        var known = openCluster(name);
        if (known.isPresent() && known.get().isOf(wanted, stamp)) {
            return new KubernetesCluster(known.get().server());
        }
        var fresh = new OpenCluster(wanted, stamp, open(wanted));
        replace(name, fresh).ifPresent(old -> old.server().retire());
        return new KubernetesCluster(fresh.server());
    }

    Instant now() {
        return clock.instant();
    }

    /**
     * Makes the first contact with each of these in the background: what a process does for the first time takes seconds, which are not to be those of a rollback.
     * Nothing depends on how it ends.
     */
    public void greet(Set<String> names) {
        names.forEach(name -> threads.execute(() -> greet(name)));
    }

    private void greet(String name) {
        try {
            named(name).greet();
            LOG.info("cluster '{}' answers", name);
        } catch (ClusterException e) {
            LOG.warn("{}; it is asked again when a rollback needs it", e.getMessage());
        }
    }

    private synchronized Optional<OpenCluster> openCluster(String name) {
        return Optional.ofNullable(opened.get(name));
    }

    private synchronized Optional<OpenCluster> replace(String name, OpenCluster fresh) {
        return Optional.ofNullable(opened.put(name, fresh));
    }

    /**
     * How the cluster of a name is reached, for programs that connect by themselves.
     *
     * @throws ClusterException UNKNOWN_CLUSTER when none is configured under that name
     */
    public ClusterSettings settings(String name) throws ClusterException {
        return wanted(name);
    }

    private ApiServer open(ClusterSettings wanted) throws ClusterException {
        var found = credentials(wanted);
        try {
            var connection = new ApiConnection(found, wanted.timeout(), clock);
            return new ApiServer(wanted, connection, telemetry, breakers);
        } catch (RuntimeException e) {
            // Without the cause, which may show a part of a key.
            throw unreadable(wanted, "cannot be used: certificate and key do not fit, or the proxy is not supported");
        }
    }

    /** With a time limit, since a kubeconfig may name a program. */
    private Config credentials(ClusterSettings wanted) throws ClusterException {
        var reading = threads.submit(() -> access.read(wanted));
        try {
            return reading.get(openingLimit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ClusterException fault ? fault : unreadable(wanted, "cannot be read");
        } catch (TimeoutException e) {
            throw unreadable(wanted, "were not there within " + openingLimit.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreadable(wanted, "were not waited for: interrupted");
        } finally {
            reading.cancel(true);
        }
    }

    private static ClusterException unreadable(ClusterSettings wanted, String fault) {
        return new ClusterException(
                Fault.UNKNOWN_CLUSTER, "cluster '" + wanted.name() + "': its address and credentials " + fault);
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
        threads.shutdownNow();
        opened.values().forEach(cluster -> cluster.server().close());
        opened.clear();
    }
}
