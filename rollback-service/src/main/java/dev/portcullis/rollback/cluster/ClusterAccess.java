package dev.portcullis.rollback.cluster;

import dev.portcullis.rollback.cluster.ClusterException.Fault;
import dev.portcullis.rollback.cluster.ClusterSettings.Access;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The reader of addresses and credentials: kubeconfig files with tokens, certificates and programs, and service accounts. fabric8 reads them again when
 * they are a minute old or refused. Thread-safe.
 */
final class ClusterAccess {
    /** Of the time for a request: what is left is for the answer. A process that has just started needs more than two seconds for its first connection. */
    private static final double CONNECT_PART = 0.8;

    private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    private final Map<String, String> environment;
    private final Path account;

    /** @param environment where a pod finds the address of its cluster */
    ClusterAccess(Map<String, String> environment) {
        this(environment, ACCOUNT);
    }

    ClusterAccess(Map<String, String> environment, Path account) {
        this.environment = environment;
        this.account = account;
    }

    Config read(ClusterSettings settings) throws ClusterException {
        var config =
                switch (settings.access()) {
                    case Access.Kubeconfig kubeconfig -> kubeconfig(settings.name(), kubeconfig);
                    case Access.InCluster inCluster -> serviceAccount(settings.name());
                    case Access.Discovered discovered -> found(settings.name());
                };
        ClientKey.algorithm(config).ifPresent(config::setClientKeyAlgo);
        config.setRequestRetryBackoffLimit(0);
        config.setConnectionTimeout((int) (settings.timeout().toMillis() * CONNECT_PART));
        return config;
    }

    /** Changes when a kubeconfig file was written anew: its certificates are read only when a cluster is opened. */
    String stamp(ClusterSettings settings) {
        if (!(settings.access() instanceof Access.Kubeconfig kubeconfig)) {
            return "";
        }
        try {
            return Files.getLastModifiedTime(kubeconfig.file()).toString();
        } catch (IOException e) {
            return "absent";
        }
    }

    private static Config kubeconfig(String cluster, Access.Kubeconfig access) throws ClusterException {
        if (!Files.isReadable(access.file())) {
            throw unknown(cluster, access, "does not exist or may not be read");
        }
        var config = parsed(cluster, access);
        var context = config.getCurrentContext();
        // fabric8 takes the current context when the wanted one is missing: that may be another cluster.
        if (context == null || !access.context().orElse(context.getName()).equals(context.getName())) {
            throw unknown(cluster, access, "has no such context");
        }
        if (KubeConfigUtils.getFileWithNamedCluster(context) == null) {
            throw unknown(
                    cluster,
                    access,
                    "has no cluster '" + context.getContext().getCluster() + "', which that context names");
        }
        return config;
    }

    private static Config parsed(String cluster, Access.Kubeconfig access) throws ClusterException {
        try {
            return Config.fromKubeconfig(
                    access.context().orElse(null), access.file().toFile());
        } catch (RuntimeException e) {
            // Without the cause, which may show a part of a credential.
            throw unknown(cluster, access, "is no kubeconfig, or its program for credentials failed");
        }
    }

    private static ClusterException unknown(String cluster, Access.Kubeconfig access, String fault) {
        var context = access.context().map(name -> "context '" + name + "'").orElse("current context");
        var text = "cluster '" + cluster + "': kubeconfig " + access.file() + " (" + context + ") " + fault;
        return new ClusterException(Fault.UNKNOWN_CLUSTER, text);
    }

    private Config serviceAccount(String cluster) throws ClusterException {
        var host = Optional.ofNullable(environment.get("KUBERNETES_SERVICE_HOST"));
        var token = account.resolve("token");
        if (host.isEmpty() || !Files.isReadable(token)) {
            var text = "cluster '" + cluster + "': this process runs in no pod with a service account: "
                    + (host.isEmpty() ? "KUBERNETES_SERVICE_HOST is not set" : token + " may not be read");
            throw new ClusterException(Fault.UNKNOWN_CLUSTER, text);
        }
        var config = Config.empty();
        config.setMasterUrl(
                "https://" + bracketed(host.get()) + ":" + environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443"));
        config.setCaCertFile(account.resolve("ca.crt").toString());
        config.setOauthTokenProvider(new MountedToken(token));
        return config;
    }

    private static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    private Config found(String cluster) throws ClusterException {
        var config = foundByFabric8(cluster);
        var context = config.getCurrentContext();
        if (context == null) {
            return serviceAccount(cluster);
        }
        if (KubeConfigUtils.getFileWithNamedCluster(context) == null) {
            throw unusable(cluster, "has no cluster for its current context '" + context.getName() + "'");
        }
        return config;
    }

    private static Config foundByFabric8(String cluster) throws ClusterException {
        try {
            return Config.autoConfigure(null);
        } catch (RuntimeException e) {
            throw unusable(cluster, "is no kubeconfig, or its program for credentials failed");
        }
    }

    private static ClusterException unusable(String cluster, String fault) {
        var files = String.join(", ", Config.getKubeconfigFilenames());
        return new ClusterException(Fault.UNKNOWN_CLUSTER, "cluster '" + cluster + "': " + files + " " + fault);
    }
}
