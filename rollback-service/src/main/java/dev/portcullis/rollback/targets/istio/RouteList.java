package dev.portcullis.rollback.targets.istio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.rollback.traffic.Destination;
import dev.portcullis.rollback.traffic.Destination.Role;
import dev.portcullis.rollback.traffic.Route;
import java.util.ArrayList;
import java.util.List;

/** The routes of a VirtualService: http, then tls, then tcp, each in their order. */
record RouteList(JsonNode object, DestinationVersions versions) {
    private static final int ALL = 100;

    /**
     * A route as it stands in the object.
     *
     * @param name empty for none; those of tls and tcp have none
     */
    record Entry(String name, JsonNode node, Route route) {}

    List<Entry> entries() {
        List<Entry> found = new ArrayList<>();
        for (var section : List.of("http", "tls", "tcp")) {
            var routes = object.path("spec").path(section);
            for (int index = 0; index < routes.size(); index++) {
                found.add(entry(section, index, routes.path(index)));
            }
        }
        return found;
    }

    private Entry entry(String section, int index, JsonNode node) {
        var name = node.path("name").asText("");
        var label = "route " + (name.isEmpty() ? section + "[" + index + "]" : name);
        var pointer = "/spec/" + section + "/" + index + "/route/";
        var list = node.path("route");
        List<Destination> destinations = new ArrayList<>();
        for (int at = 0; at < list.size(); at++) {
            destinations.add(destination(list.path(at), pointer + at, list.size() == 1));
        }
        return new Entry(name, node, new Route(label, destinations));
    }

    /** A destination alone in its route gets everything; one among several without a weight gets nothing. */
    private Destination destination(JsonNode entry, String pointer, boolean alone) {
        var place = entry.path("destination");
        var weight = alone ? ALL : entry.path("weight").asInt(0);
        return new Destination(versions.role(place), versions.name(place), weight, entry, pointer);
    }

    /** The labels of routes that send the canary copies of requests. */
    static List<String> mirroring(List<Entry> entries, DestinationVersions versions) {
        return entries.stream()
                .filter(entry -> mirrors(entry.node()).stream().anyMatch(to -> versions.role(to) == Role.CANARY))
                .map(entry -> entry.route().label())
                .toList();
    }

    private static List<JsonNode> mirrors(JsonNode route) {
        List<JsonNode> found = new ArrayList<>();
        found.add(route.path("mirror"));
        route.path("mirrors").forEach(mirror -> found.add(mirror.path("destination")));
        return found;
    }
}
