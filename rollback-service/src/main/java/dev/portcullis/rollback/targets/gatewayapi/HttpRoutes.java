package dev.portcullis.rollback.targets.gatewayapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.rollback.cluster.ResourceKind;
import dev.portcullis.rollback.plan.TargetSettings;
import dev.portcullis.rollback.traffic.Destination;
import dev.portcullis.rollback.traffic.Destination.Role;
import dev.portcullis.rollback.traffic.Mirrors;
import dev.portcullis.rollback.traffic.ObjectSettings;
import dev.portcullis.rollback.traffic.Route;
import dev.portcullis.rollback.traffic.Routing;
import dev.portcullis.rollback.traffic.TrafficSplit;
import dev.portcullis.rollback.traffic.WeightedRoutes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** HTTPRoutes of the Gateway API. Stateless. */
public final class HttpRoutes implements Routing {
    /** Of a backend for which none is written. */
    private static final int USUAL_WEIGHT = 1;

    @Override
    public String target() {
        return GatewayApiKind.NAME;
    }

    @Override
    public ResourceKind resource(TargetSettings settings) {
        return new ResourceKind(
                "gateway.networking.k8s.io", settings.required(GatewayApiKind.API_VERSION), "httproutes", "HTTPRoute");
    }

    @Override
    public TrafficSplit read(JsonNode object, TargetSettings settings) {
        var where = ObjectSettings.of(settings);
        var services = new Services(
                where.namespace(), settings.required(GatewayApiKind.STABLE), settings.required(GatewayApiKind.CANARY));
        var rules = object.path("spec").path("rules");
        List<Route> routes = new ArrayList<>();
        List<String> mirroring = new ArrayList<>();
        for (int index = 0; index < rules.size(); index++) {
            var route = route(index, rules.path(index), services);
            routes.add(route);
            if (mirrors(rules.path(index)).anyMatch(to -> services.role(to) == Role.CANARY)) {
                mirroring.add(route.label());
            }
        }
        var goal = "HTTPRoute " + where + ": every request of the canary's rules to " + services.stable();
        return new WeightedRoutes(routes, services, goal).split(List.of(Mirrors.precondition(mirroring)));
    }

    private static Route route(int index, JsonNode rule, Services services) {
        var backends = rule.path("backendRefs");
        List<Destination> destinations = new ArrayList<>();
        for (int at = 0; at < backends.size(); at++) {
            var entry = backends.path(at);
            destinations.add(new Destination(
                    services.role(entry),
                    entry.path("name").asText(),
                    entry.path("weight").asInt(USUAL_WEIGHT),
                    entry,
                    "/spec/rules/" + index + "/backendRefs/" + at));
        }
        return new Route("rule " + rule.path("name").asText(String.valueOf(index)), destinations);
    }

    /** A rule may mirror as a whole, or what goes to one of its backends. */
    private static Stream<JsonNode> mirrors(JsonNode rule) {
        return Stream.concat(
                        elements(rule.path("filters")),
                        elements(rule.path("backendRefs")).flatMap(backend -> elements(backend.path("filters"))))
                .map(filter -> filter.at("/requestMirror/backendRef"));
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    /** A gateway writes which generation of the route it has taken up. */
    @Override
    public boolean isTakenUp(JsonNode object) {
        var generation = object.at("/metadata/generation").asLong();
        return elements(object.at("/status/parents"))
                .flatMap(parent -> elements(parent.path("conditions")))
                .filter(condition -> condition.path("type").asText().equals("Accepted"))
                .allMatch(condition -> condition.path("observedGeneration").asLong(generation) >= generation);
    }
}
