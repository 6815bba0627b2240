package dev.portcullis.rollback.targets.istio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.rollback.cluster.ResourceKind;
import dev.portcullis.rollback.plan.Obstacle;
import dev.portcullis.rollback.plan.Precondition;
import dev.portcullis.rollback.plan.TargetSettings;
import dev.portcullis.rollback.targets.istio.RouteList.Entry;
import dev.portcullis.rollback.traffic.Destination.Role;
import dev.portcullis.rollback.traffic.Mirrors;
import dev.portcullis.rollback.traffic.ObjectSettings;
import dev.portcullis.rollback.traffic.Routing;
import dev.portcullis.rollback.traffic.TrafficSplit;
import dev.portcullis.rollback.traffic.WeightedRoutes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** VirtualServices of Istio. Stateless. */
public final class VirtualServices implements Routing {
    @Override
    public String target() {
        return IstioKind.NAME;
    }

    @Override
    public ResourceKind resource(TargetSettings settings) {
        return new ResourceKind(
                "networking.istio.io",
                settings.required(DestinationVersions.API_VERSION),
                "virtualservices",
                "VirtualService");
    }

    @Override
    public TrafficSplit read(JsonNode object, TargetSettings settings) {
        var where = ObjectSettings.of(settings);
        var hosts = new Hosts(where.namespace());
        var versions = DestinationVersions.of(settings, hosts);
        var all = new RouteList(object, versions).entries();
        var chosen = chosen(all, settings);
        var goal = "VirtualService " + where + ": every request of the canary's routes to the stable version";
        return refused(all, chosen, settings, hosts, goal).orElseGet(() -> new WeightedRoutes(
                        chosen.stream().map(Entry::route).toList(), new StableDestination(versions, hosts), goal)
                .split(preconditions(all, chosen, versions)));
    }

    private static List<String> names(TargetSettings settings) {
        var names = settings.values().getOrDefault(DestinationVersions.ROUTES, "");
        return names.isEmpty() ? List.of() : List.of(names.split("\n"));
    }

    private static List<Entry> chosen(List<Entry> all, TargetSettings settings) {
        var names = names(settings);
        return all.stream()
                .filter(entry -> names.isEmpty() || names.contains(entry.name()))
                .toList();
    }

    private static Optional<TrafficSplit> refused(
            List<Entry> all, List<Entry> chosen, TargetSettings settings, Hosts hosts, String goal) {
        var missing = new ArrayList<>(names(settings));
        chosen.forEach(entry -> missing.remove(entry.name()));
        if (!missing.isEmpty()) {
            var there = all.stream().map(entry -> entry.route().label()).collect(Collectors.joining(", "));
            return Optional.of(TrafficSplit.hindered(
                    there, goal, Obstacle.NOT_POSSIBLE, "there is no route " + missing.getFirst() + ", but " + there));
        }
        var services = canaryHosts(chosen, hosts);
        return services.size() <= 1
                ? Optional.empty()
                : Optional.of(TrafficSplit.hindered(
                        String.join(", ", services),
                        goal,
                        Obstacle.REVISION_AMBIGUOUS,
                        "several hosts have a canary: " + String.join(", ", services) + "; say which by 'host'"));
    }

    private static List<String> canaryHosts(List<Entry> entries, Hosts hosts) {
        return entries.stream()
                .flatMap(entry -> entry.route().destinations().stream())
                .filter(one -> one.role() == Role.CANARY)
                .map(one -> hosts.plain(one.entry().at("/destination/host").asText()))
                .distinct()
                .sorted()
                .toList();
    }

    private static List<Precondition> preconditions(List<Entry> all, List<Entry> chosen, DestinationVersions versions) {
        List<Precondition> found = new ArrayList<>();
        found.add(Mirrors.precondition(RouteList.mirroring(all, versions)));
        var left = all.stream()
                .filter(entry -> !chosen.contains(entry))
                .filter(entry -> entry.route().destinations().stream()
                        .anyMatch(one -> one.role() == Role.CANARY && one.weight() > 0))
                .map(entry -> entry.route().label())
                .toList();
        found.add(new Precondition(
                "NO_ROUTE_LEFT_ALONE",
                left.isEmpty(),
                left.isEmpty()
                        ? "no other route leads to the canary"
                        : String.join(", ", left) + " leads to the canary too, and is not among 'routes'"));
        return found;
    }
}
