package dev.portcullis.rollback.targets.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.rollback.cluster.Cluster;
import dev.portcullis.rollback.cluster.ClusterException;
import dev.portcullis.rollback.cluster.ResourceKind;
import java.util.Optional;
import java.util.Set;

/**
 * The ApplicationSets that make Applications, and put them back to their template when somebody changes them, unless told to leave auto-sync alone
 * (applicationset/utils, CreateOrUpdate).
 */
record ApplicationSets(Cluster cluster, String namespace) {
    static final ResourceKind KIND = new ResourceKind("argoproj.io", "v1alpha1", "applicationsets", "ApplicationSet");

    private static final Set<String> MAKE_ONLY = Set.of("create-only", "create-delete");
    private static final Set<String> POINTERS = Set.of("/spec/syncPolicy", "/spec/syncPolicy/automated", "/spec");
    private static final Set<String> EXPRESSIONS = Set.of(".spec.syncPolicy", ".spec.syncPolicy.automated", ".spec");

    /** The name of the set that made an application; empty when none did. */
    static Optional<String> maker(Application application) {
        for (var owner : application.object().at("/metadata/ownerReferences")) {
            if (owner.path("kind").asText().equals(KIND.kind())) {
                return Optional.of(owner.path("name").asText());
            }
        }
        return Optional.empty();
    }

    /** The name of the set that would switch auto-sync on again; empty when none would. */
    Optional<String> reverter(Application application) throws ClusterException {
        for (var owner : application.object().at("/metadata/ownerReferences")) {
            var name = owner.path("name").asText();
            if (owner.path("kind").asText().equals(KIND.kind()) && putsBack(name, application)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private boolean putsBack(String name, Application application) throws ClusterException {
        var set = cluster.get(KIND, namespace, name);
        return set.isPresent()
                && !MAKE_ONLY.contains(
                        set.get().at("/spec/syncPolicy/applicationsSync").asText())
                && !leavesAlone(
                        set.get(), application.object().at("/metadata/name").asText());
    }

    private static boolean leavesAlone(JsonNode set, String application) {
        for (var rule : set.at("/spec/ignoreApplicationDifferences")) {
            var name = rule.path("name").asText("");
            var applies = name.isEmpty() || name.equals(application);
            if (applies
                    && (hasOne(rule.path("jsonPointers"), POINTERS)
                            || hasOne(rule.path("jqPathExpressions"), EXPRESSIONS))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasOne(JsonNode texts, Set<String> wanted) {
        for (var text : texts) {
            if (wanted.contains(text.asText())) {
                return true;
            }
        }
        return false;
    }
}
