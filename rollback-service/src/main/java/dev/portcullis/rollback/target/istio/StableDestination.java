package dev.portcullis.rollback.target.istio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.portcullis.rollback.traffic.Destination;
import dev.portcullis.rollback.traffic.Edit;
import dev.portcullis.rollback.traffic.Redirection;
import java.util.List;
import java.util.Optional;

/** How a destination of a VirtualService is made the stable one: another subset of its host, or another host as other routes have it. */
record StableDestination(Versions versions, Hosts hosts) implements Redirection {
    @Override
    public String key() {
        return "destination";
    }

    @Override
    public Optional<List<Edit>> toStable(Destination canary, List<Destination> stable) {
        return switch (versions) {
            case Versions.BySubset bySubset ->
                ofSameHost(canary, stable).map(found -> subset(canary, bySubset.stable()));
            case Versions.ByHost byHost ->
                ofSamePort(canary, stable)
                        .or(() -> stable.stream().findFirst())
                        .map(found -> List.of(Edit.set(canary.entry(), canary.pointer(), key(), place(found))));
        };
    }

    private List<Edit> subset(Destination canary, String stable) {
        return List.of(Edit.set(place(canary), canary.pointer() + "/" + key(), "subset", TextNode.valueOf(stable)));
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
