package dev.portcullis.rollback.targets.gatewayapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.portcullis.rollback.traffic.Destination;
import dev.portcullis.rollback.traffic.Destination.Role;
import dev.portcullis.rollback.traffic.PatchOperation;
import dev.portcullis.rollback.traffic.Redirection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which backends of an HTTPRoute are the stable version, and which the canary: Services of the route's own namespace.
 *
 * @param namespace the route's
 */
record Services(String namespace, String stable, String canary) implements Redirection {
    private static final int ALL = 100;

    /** @param reference as it stands in a rule's backendRefs, or in a mirror */
    Role role(JsonNode reference) {
        var isService = reference.path("group").asText("").isEmpty()
                && reference.path("kind").asText("Service").equals("Service")
                && reference.path("namespace").asText(namespace).equals(namespace);
        var name = reference.path("name").asText();
        if (isService && name.equals(stable)) {
            return Role.STABLE;
        }
        return isService && name.equals(canary) ? Role.CANARY : Role.OTHER;
    }

    @Override
    public String key() {
        return "name";
    }

    /** The other Service at its own port; a backend alone in its rule needs a weight too, or requests are answered by errors. */
    @Override
    public Optional<List<PatchOperation>> toStable(Destination canary, List<Destination> others) {
        return others.stream().findFirst().map(found -> {
            List<PatchOperation> edits = new ArrayList<>();
            edits.add(PatchOperation.set(canary.entry(), canary.pointer(), key(), TextNode.valueOf(stable)));
            var port = found.entry().path("port");
            if (!port.isMissingNode() && !port.equals(canary.entry().path("port"))) {
                edits.add(PatchOperation.set(canary.entry(), canary.pointer(), "port", port));
            }
            if (canary.weight() == 0) {
                edits.add(PatchOperation.set(canary.entry(), canary.pointer(), "weight", IntNode.valueOf(ALL)));
            }
            return edits;
        });
    }
}
