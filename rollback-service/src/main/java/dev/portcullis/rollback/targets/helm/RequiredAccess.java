package dev.portcullis.rollback.targets.helm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.rollback.cluster.ResourceAccess;
import dev.portcullis.rollback.cluster.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a rollback of a release takes of an API server, as far as it is known before: helm's own records, and the workloads that the release has. What else a
 * chart holds only helm can tell.
 */
record RequiredAccess(HelmSettings settings, Map<String, String> environment) {
    private static final ResourceKind SECRET = new ResourceKind("", "v1", "secrets", "Secret");
    private static final ResourceKind CONFIG_MAP = new ResourceKind("", "v1", "configmaps", "ConfigMap");

    /** pkg/storage/driver of helm: the old revision is read, marked, and the new one written; beyond ten the oldest is deleted. */
    private static final List<String> RECORDS = List.of("get", "list", "create", "update", "delete");

    List<ResourceAccess> of(List<JsonNode> workloads) {
        List<ResourceAccess> accesses = new ArrayList<>();
        accesses.add(ResourceAccess.toAll("list", ResourceKind.DEPLOYMENT, settings.namespace()));
        accesses.add(ResourceAccess.toAll("list", Workloads.STATEFUL_SET, settings.namespace()));
        records()
                .ifPresent(kind ->
                        RECORDS.forEach(verb -> accesses.add(ResourceAccess.toAll(verb, kind, settings.namespace()))));
        workloads.forEach(workload -> {
            var kind = workload.path("kind").asText().equals(Workloads.STATEFUL_SET.kind())
                    ? Workloads.STATEFUL_SET
                    : ResourceKind.DEPLOYMENT;
            var name = workload.at("/metadata/name").asText();
            Stream.of("get", "patch")
                    .forEach(verb -> accesses.add(ResourceAccess.to(verb, kind, settings.namespace(), name)));
        });
        return accesses;
    }

    /** Where helm keeps its records; empty when that is outside of the cluster. */
    private Optional<ResourceKind> records() {
        return switch (environment.getOrDefault("HELM_DRIVER", "")) {
            case "", "secret", "secrets" -> Optional.of(SECRET);
            case "configmap", "configmaps" -> Optional.of(CONFIG_MAP);
            default -> Optional.empty();
        };
    }
}
