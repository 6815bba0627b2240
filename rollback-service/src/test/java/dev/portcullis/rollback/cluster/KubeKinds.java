package dev.portcullis.rollback.cluster;

import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import java.util.List;
import java.util.Optional;

/** The kinds a {@link KubeServer} has, and which of them keep their status apart, as in a real cluster with their makers' definitions. */
final class KubeKinds {
    private record Kind(ResourceKind resource, boolean statusApart) {}

    private static final List<Kind> KINDS = List.of(
            new Kind(ResourceKind.DEPLOYMENT, true),
            new Kind(ResourceKind.REPLICA_SET, true),
            kind("apps", "v1", "statefulsets", "StatefulSet", true),
            kind("", "v1", "pods", "Pod", true),
            kind("", "v1", "services", "Service", true),
            kind("", "v1", "secrets", "Secret", false),
            kind("", "v1", "configmaps", "ConfigMap", false),
            new Kind(ResourceKind.EVENT, false),
            kind("networking.k8s.io", "v1", "ingresses", "Ingress", true),
            kind("argoproj.io", "v1alpha1", "rollouts", "Rollout", true),
            kind("argoproj.io", "v1alpha1", "analysisruns", "AnalysisRun", false),
            // Argo CD's definition of Application has no status subresource.
            kind("argoproj.io", "v1alpha1", "applications", "Application", false),
            kind("argoproj.io", "v1alpha1", "applicationsets", "ApplicationSet", true),
            kind("networking.istio.io", "v1", "virtualservices", "VirtualService", true),
            kind("networking.istio.io", "v1beta1", "virtualservices", "VirtualService", true),
            kind("gateway.networking.k8s.io", "v1", "httproutes", "HTTPRoute", true),
            kind("gateway.networking.k8s.io", "v1beta1", "httproutes", "HTTPRoute", true));

    private KubeKinds() {}

    private static Kind kind(String group, String version, String plural, String kind, boolean statusApart) {
        return new Kind(new ResourceKind(group, version, plural, kind), statusApart);
    }

    static List<CustomResourceDefinitionContext> definitions() {
        return KINDS.stream().map(KubeKinds::definition).toList();
    }

    private static CustomResourceDefinitionContext definition(Kind kind) {
        return new CustomResourceDefinitionContext.Builder()
                .withGroup(kind.resource().group())
                .withVersion(kind.resource().version())
                .withPlural(kind.resource().plural())
                .withKind(kind.resource().kind())
                .withScope("Namespaced")
                .withStatusSubresource(kind.statusApart())
                .build();
    }

    /** The kind whose objects an address leads to. */
    static Optional<ResourceKind> at(KubePath path) {
        return KINDS.stream().map(Kind::resource).filter(path::isOf).findFirst();
    }

    static boolean keepsStatusApart(ResourceKind resource) {
        return KINDS.stream().anyMatch(kind -> kind.resource().equals(resource) && kind.statusApart());
    }
}
