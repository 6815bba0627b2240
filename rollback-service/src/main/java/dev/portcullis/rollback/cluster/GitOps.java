package dev.portcullis.rollback.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * Who keeps an object as some source outside the cluster has it, and would therefore take a change of it back: read from the marks that Argo CD and Flux
 * leave on it. Whether they do so at present (Argo CD's self-heal, a suspended Flux resource, drift detection of a HelmRelease) is not on the object.
 *
 * <p>Helm itself marks objects too, but changes them only when a person upgrades a release: it reverts nothing.
 */
public final class GitOps {
    private static final String KUSTOMIZE = "kustomize.toolkit.fluxcd.io/";
    private static final String FLUX_HELM = "helm.toolkit.fluxcd.io/";

    private GitOps() {}

    /** Who would take a change of an object back, e.g. "Argo CD application checkout"; empty when nobody has left a mark. */
    public static Optional<String> reverter(JsonNode object) {
        return argoCd(object).or(() -> kustomization(object)).or(() -> helmRelease(object));
    }

    /**
     * Who may have made an object when all it has is a label that others set too: {@code app.kubernetes.io/instance}, by which Argo CD marked objects
     * before version 3 and which many charts set.
     */
    public static Optional<String> hint(JsonNode object) {
        var helm = label(object, "app.kubernetes.io/managed-by").filter("Helm"::equals);
        if (helm.isPresent() || reverter(object).isPresent()) {
            return Optional.empty();
        }
        return label(object, "app.kubernetes.io/instance").map(name -> "perhaps Argo CD application " + name);
    }

    /** The tracking id is {@code application:group/kind:namespace/name}; it counts on the object it names only, since copies keep it. */
    private static Optional<String> argoCd(JsonNode object) {
        return annotation(object, "argocd.argoproj.io/tracking-id")
                .filter(id -> names(id, object))
                .map(id -> id.substring(0, id.indexOf(':')))
                .or(() -> label(object, "argocd.argoproj.io/instance"))
                .map(name -> "Argo CD application " + name);
    }

    private static boolean names(String trackingId, JsonNode object) {
        var parts = trackingId.split(":", 3);
        return parts.length == 3
                && !parts[0].isEmpty()
                && parts[1].endsWith("/" + object.path("kind").asText())
                && parts[2].endsWith("/" + object.at("/metadata/name").asText());
    }

    private static Optional<String> kustomization(JsonNode object) {
        var leftAlone = isMarked(object, KUSTOMIZE + "reconcile", List.of("disabled"))
                || isMarked(object, KUSTOMIZE + "ssa", List.of("ignore", "ifnotpresent"));
        return leftAlone ? Optional.empty() : flux(object, KUSTOMIZE, "Kustomization");
    }

    private static Optional<String> helmRelease(JsonNode object) {
        return isMarked(object, FLUX_HELM + "driftDetection", List.of("disabled"))
                ? Optional.empty()
                : flux(object, FLUX_HELM, "HelmRelease");
    }

    private static Optional<String> flux(JsonNode object, String marks, String kind) {
        var namespace =
                label(object, marks + "namespace").map(name -> name + "/").orElse("");
        return label(object, marks + "name").map(name -> "Flux " + kind + " " + namespace + name);
    }

    /** Flux reads such marks from annotations and labels. */
    private static boolean isMarked(JsonNode object, String key, List<String> values) {
        return annotation(object, key)
                .or(() -> label(object, key))
                .filter(value -> values.stream().anyMatch(value::equalsIgnoreCase))
                .isPresent();
    }

    private static Optional<String> label(JsonNode object, String key) {
        return text(object.path("metadata").path("labels").path(key));
    }

    private static Optional<String> annotation(JsonNode object, String key) {
        return text(object.path("metadata").path("annotations").path(key));
    }

    private static Optional<String> text(JsonNode node) {
        return Optional.of(node.asText("")).filter(text -> !text.isEmpty());
    }
}
