package dev.portcullis.rollback.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.rollback.cluster.GitOps;
import dev.portcullis.rollback.plan.Precondition;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who else writes an object's routing, and would therefore take a change of it back. */
final class OtherWriters {
    /** What Argo Rollouts and Flagger own: a canary Ingress, all that Flagger makes. */
    private static final Map<String, String> OWNERS = Map.of("Rollout", "Argo Rollouts", "Canary", "Flagger");
    /** The names of their programs, by which the API server remembers who wrote a field. */
    private static final Map<String, String> PROGRAMS =
            Map.of("rollouts-controller", "Argo Rollouts", "flagger", "Flagger");
    /** Argo Rollouts' plugin for the Gateway API has set this while a canary is under way. */
    private static final String ACTIVE_CANARY = "rollouts.argoproj.io/gatewayapi-canary";

    private OtherWriters() {}

    static List<Precondition> preconditions(JsonNode object) {
        return List.of(gitOps(object), controller(object));
    }

    private static Precondition gitOps(JsonNode object) {
        return GitOps.reverter(object)
                .map(who -> new Precondition(
                        "GITOPS_MAY_REVERT",
                        false,
                        who + " keeps this object; it takes the change back unless it is told to ignore the weights"))
                .orElseGet(() ->
                        new Precondition("GITOPS_MAY_REVERT", true, "no mark of Argo CD or Flux is on this object"));
    }

    private static Precondition controller(JsonNode object) {
        return writer(object)
                .map(who -> new Precondition(
                        "CONTROLLER_MAY_REVERT",
                        false,
                        who + " sets these weights; it sets its own again until it is told to abort, as the next step"
                                + " of a chain can do"))
                .orElseGet(() -> new Precondition(
                        "CONTROLLER_MAY_REVERT", true, "no mark of Argo Rollouts or Flagger is on this object"));
    }

    private static Optional<String> writer(JsonNode object) {
        var meta = object.path("metadata");
        for (var owner : meta.path("ownerReferences")) {
            var program = OWNERS.get(owner.path("kind").asText());
            if (program != null) {
                return Optional.of(program + " (" + owner.path("name").asText() + ")");
            }
        }
        return meta.path("labels").has(ACTIVE_CANARY) ? Optional.of("Argo Rollouts") : program(meta);
    }

    private static Optional<String> program(JsonNode meta) {
        for (var fields : meta.path("managedFields")) {
            var program = PROGRAMS.get(fields.path("manager").asText());
            if (program != null) {
                return Optional.of(program);
            }
        }
        return Optional.empty();
    }
}
