package dev.portcullis.rollback.crash;

import dev.portcullis.kit.testing.Kubeconfigs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The release policy of one service of these tests, and a cluster that is called like the service. */
final class ServicePolicy {
    private ServicePolicy() {}

    /**
     * Writes both.
     *
     * @param section the keys of the target
     * @param kubeconfig where the kubeconfig of the cluster is written
     * @param address of the cluster's API server
     * @param timeout of a request to it, as "700ms"
     */
    static void write(Path folder, String service, String section, Path kubeconfig, String address, String timeout) {
        try {
            Files.writeString(kubeconfig, Kubeconfigs.of(address));
            Files.writeString(folder.resolve(service + ".yaml"), """
                    apiVersion: portcullis.dev/v1
                    kind: Cluster
                    metadata: {name: %1$s}
                    spec: {kubeconfig: %2$s, timeout: %4$s}
                    ---
                    apiVersion: portcullis.dev/v1
                    kind: ReleasePolicy
                    metadata: {name: %1$s}
                    spec:
                      service: %1$s
                      rollback: {%3$s, confirmEvery: 200ms, recovery: {check: false}}
                    """.formatted(service, kubeconfig, section, timeout));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
