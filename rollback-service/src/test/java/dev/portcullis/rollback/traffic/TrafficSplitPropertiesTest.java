package dev.portcullis.rollback.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.rollback.plan.TargetObservation.Restored;
import dev.portcullis.rollback.plan.TargetSettings;
import dev.portcullis.rollback.targets.gatewayapi.GatewayApiKind;
import dev.portcullis.rollback.targets.gatewayapi.HttpRoutes;
import dev.portcullis.rollback.targets.istio.IstioKind;
import dev.portcullis.rollback.targets.istio.VirtualServices;
import io.fabric8.zjsonpatch.JsonPatch;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What holds of the edits of any object, however its requests are divided. */
class TrafficSplitPropertiesTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** A destination: whose, and with which weight; below zero for none. */
    record Part(String version, int weight) {}

    private record Dialect(Routing routing, TargetSettings settings) {}

    private static final Dialect BY_SUBSET = new Dialect(
            new VirtualServices(),
            TrafficPolicies.settings(new IstioKind(), "{target: istio, namespace: shop, virtualService: checkout}"));
    private static final Dialect BY_HOST = new Dialect(
            new VirtualServices(),
            TrafficPolicies.settings(
                    new IstioKind(),
                    "{target: istio, namespace: shop, virtualService: checkout, stableHost: stable, canaryHost: canary}"));
    private static final Dialect BY_SERVICE = new Dialect(
            new HttpRoutes(),
            TrafficPolicies.settings(
                    new GatewayApiKind(),
                    "{target: gateway-api, namespace: shop, httpRoute: checkout, stableService: stable, canaryService: canary}"));

    @Property
    void subsetsOfAVirtualService(@ForAll("objects") List<List<Part>> routes) {
        holds(BY_SUBSET, virtualService(routes, true), "/spec/http", "route", 0);
    }

    @Property
    void hostsOfAVirtualService(@ForAll("objects") List<List<Part>> routes) {
        holds(BY_HOST, virtualService(routes, false), "/spec/http", "route", 0);
    }

    @Property
    void servicesOfAnHttpRoute(@ForAll("objects") List<List<Part>> routes) {
        holds(BY_SERVICE, httpRoute(routes), "/spec/rules", "backendRefs", 1);
    }

    private static void holds(Dialect dialect, ObjectNode before, String routes, String list, int usualWeight) {
        var split = dialect.routing().read(before, dialect.settings());
        if (split.hindrance().isPresent()) {
            assertEquals(List.of(), split.edits());
            return;
        }
        var after = (ObjectNode) JsonPatch.apply(PatchOperation.patch(split.edits()), before.deepCopy());
        var again = dialect.routing().read(after, dialect.settings());
        assertTrue(again.observation() instanceof Restored, () -> before + " becomes " + after);
        assertEquals(List.of(), again.edits());
        for (int index = 0; index < before.at(routes).size(); index++) {
            route(
                    before.at(routes).path(index).path(list),
                    after.at(routes).path(index).path(list),
                    usualWeight);
        }
        assertEquals(withoutParts(before), withoutParts(after));
    }

    /** A route that led to the canary gives all to the stable version; another one is as it was. */
    private static void route(JsonNode before, JsonNode after, int usualWeight) {
        if (!before.toString().contains("canary")) {
            assertEquals(before, after);
            return;
        }
        for (var entry : after) {
            var isStable = entry.path("destination").toString().contains("stable")
                    || entry.path("name").asText().equals("stable");
            var weight = after.size() == 1 && usualWeight == 0
                    ? 100
                    : entry.path("weight").asInt(usualWeight);
            assertEquals(isStable, weight > 0, () -> before + " becomes " + after);
        }
    }

    private static JsonNode withoutParts(ObjectNode object) {
        var rest = object.deepCopy();
        for (var entries : List.of("route", "backendRefs")) {
            rest.findParents(entries).forEach(route -> route.path(entries)
                    .forEach(entry -> ((ObjectNode) entry).remove(List.of("weight", "destination", "name", "port"))));
        }
        return rest;
    }

    private static ObjectNode object(String section, Iterable<ObjectNode> routes) {
        var object = JSON.objectNode();
        object.putObject("metadata").put("name", "checkout").put("resourceVersion", "7");
        var list = object.putObject("spec").put("kept", "as it is").putArray(section);
        routes.forEach(list::add);
        return object;
    }

    private static ObjectNode virtualService(List<List<Part>> routes, boolean bySubset) {
        return object("http", routes.stream().map(parts -> {
            var route = JSON.objectNode().put("timeout", "5s");
            var list = route.putArray("route");
            for (var part : parts) {
                var entry = list.addObject();
                var place = entry.putObject("destination").put("host", bySubset ? "checkout" : part.version());
                if (bySubset) {
                    place.put("subset", part.version());
                }
                weigh(entry, part).putObject("headers");
            }
            return route;
        })::iterator);
    }

    private static ObjectNode httpRoute(List<List<Part>> routes) {
        return object("rules", routes.stream().map(parts -> {
            var rule = JSON.objectNode().put("timeout", "5s");
            var list = rule.putArray("backendRefs");
            for (var part : parts) {
                weigh(
                                list.addObject()
                                        .put("name", part.version())
                                        .put("port", 80 + part.version().length()),
                                part)
                        .putArray("filters");
            }
            return rule;
        })::iterator);
    }

    private static ObjectNode weigh(ObjectNode entry, Part part) {
        return part.weight() < 0 ? entry : entry.put("weight", part.weight());
    }

    @Provide
    Arbitrary<List<List<Part>>> objects() {
        var version = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just("stable")),
                Tuple.of(4, Arbitraries.just("canary")),
                Tuple.of(1, Arbitraries.of("v3", "experiment")));
        var weight = Arbitraries.integers().between(-1, 100);
        var part = Combinators.combine(version, weight).as(Part::new);
        var route = part.list().ofMaxSize(3).uniqueElements(Part::version);
        return route.list().ofMaxSize(4);
    }
}
