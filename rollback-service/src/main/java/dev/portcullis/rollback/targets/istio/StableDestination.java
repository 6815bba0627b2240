package dev.portcullis.rollback.targets.istio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.portcullis.rollback.traffic.Destination;
import dev.portcullis.rollback.traffic.PatchOperation;
import dev.portcullis.rollback.traffic.Redirection;
import java.util.List;
import java.util.Optional;

/** How a destination of a VirtualService is made the stable one: another subset of its host, or another host as other routes have it. */
record StableDestination(DestinationVersions versions, Hosts hosts) implements Redirection {
    @Override
    public String key() {
        return "destination";
    }

    @Override
    public Optional<List<PatchOperation>> toStable(Destination canary, List<Destination> stable) {
        return switch (versions) {
            case DestinationVersions.BySubset bySubset ->
                ofSameHost(canary, stable).map(found -> subset(canary, bySubset.stable()));
            case DestinationVersions.ByHost byHost ->
                ofSamePort(canary, stable)
                        .or(() -> stable.stream().findFirst())
                        .map(found ->
                                List.of(PatchOperation.set(canary.entry(), canary.pointer(), key(), place(found))));
        };
    }

    private List<PatchOperation> subset(Destination canary, String stable) {
        return List.of(
                PatchOperation.set(place(canary), canary.pointer() + "/" + key(), "subset", TextNode.valueOf(stable)));
    }

    private Optional<Destination> ofSameHost(Destination canary, List<Destination> stable) {
        return stable.stream()
                .filter(one -> hosts.same(host(one), host(canary)))
                .findFirst();
    }

    private static Optional<Destination> ofSamePort(Destination canary, List<Destination> stable) {
        return stable.stream()
                .filter(one -> place(one).path("port").equals(place(canary).path("port")))
                .findFirst();
    }

    private static JsonNode place(Destination destination) {
        return destination.entry().path("destination");
    }

    private static String host(Destination destination) {
        return place(destination).path("host").asText();
    }
}
