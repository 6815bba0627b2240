package dev.portcullis.rollback.traffic;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.portcullis.rollback.plan.Obstacle;
import dev.portcullis.rollback.plan.Precondition;
import dev.portcullis.rollback.traffic.Destination.Role;
import dev.portcullis.rollback.traffic.TrafficSplit.Hindrance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The routes of an object, divided by weight. Those that lead to the canary get all of their requests to the stable version: by weight where both stand in a
 * route, by another destination where the canary stands alone, as in routes for chosen headers or cookies. Other routes are left alone. Immutable.
 *
 * @param goal what is seen in the end, in one line
 */
public record WeightedRoutes(List<Route> routes, Redirection redirection, String goal) {
    private static final int ALL = 100;
    private static final int MOST_SHOWN = 6;
    private static final String WEIGHT = "weight";

    public WeightedRoutes {
        routes = List.copyOf(routes);
    }

    /** How they divide requests, and what changes that. */
    public TrafficSplit split(List<Precondition> preconditions) {
        var canaries =
                routes.stream().filter(route -> route.leadsTo(Role.CANARY)).toList();
        var seen = seen(canaries);
        var hindrance = hindrance(canaries);
        if (hindrance.isPresent()) {
            return TrafficSplit.hindered(
                    seen, goal, hindrance.get().obstacle(), hindrance.get().text());
        }
        var changed = canaries.stream()
                .filter(route -> !edits(route).orElseThrow().isEmpty())
                .toList();
        var edits = changed.stream()
                .flatMap(route -> edits(route).orElseThrow().stream())
                .toList();
        var guards = changed.stream().flatMap(route -> guards(route).stream()).toList();
        return new TrafficSplit(seen, goal, edits, guards, Optional.empty(), preconditions);
    }

    private String seen(List<Route> canaries) {
        if (canaries.isEmpty()) {
            return "no route leads to the canary";
        }
        var shown = canaries.stream().limit(MOST_SHOWN).map(Route::toString).collect(Collectors.joining("; "));
        return canaries.size() <= MOST_SHOWN ? shown : shown + "; and " + (canaries.size() - MOST_SHOWN) + " more";
    }

    private Optional<Hindrance> hindrance(List<Route> canaries) {
        if (stable().isEmpty()) {
            return Optional.of(new Hindrance(Obstacle.NOT_POSSIBLE, "no route leads to the stable version" + there()));
        }
        return canaries.stream().flatMap(route -> hindrance(route).stream()).findFirst();
    }

    private Optional<Hindrance> hindrance(Route route) {
        if (route.of(Role.STABLE).size() > 1) {
            return Optional.of(new Hindrance(
                    Obstacle.REVISION_AMBIGUOUS, "several destinations are the stable version in " + route));
        }
        if (edits(route).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                new Hindrance(Obstacle.NOT_POSSIBLE, "the stable version is no destination of " + route + there()));
    }

    private List<Destination> stable() {
        return routes.stream().flatMap(route -> route.of(Role.STABLE).stream()).toList();
    }

    private String there() {
        var names = routes.stream()
                .flatMap(route -> route.destinations().stream())
                .map(Destination::name)
                .distinct()
                .limit(MOST_SHOWN)
                .collect(Collectors.joining(", "));
        return "; destinations are: " + (names.isEmpty() ? "none" : names);
    }

    /** What changes a route that leads to the canary; empty when nothing can. */
    private Optional<List<PatchOperation>> edits(Route route) {
        if (route.leadsTo(Role.STABLE)) {
            return Optional.of(route.isStableOnly() ? List.of() : weights(route));
        }
        if (route.leadsTo(Role.OTHER)) {
            return Optional.empty();
        }
        List<PatchOperation> edits = new ArrayList<>();
        for (var canary : route.destinations()) {
            var redirected = redirection.toStable(canary, stable());
            if (redirected.isEmpty()) {
                return Optional.empty();
            }
            edits.addAll(redirected.get());
        }
        return Optional.of(edits);
    }

    /** All to the stable version; a third version, such as an experiment's, may be as bad as the canary. */
    private static List<PatchOperation> weights(Route route) {
        return route.destinations().stream()
                .filter(one -> !one.is(Role.STABLE) || one.weight() != ALL)
                .filter(one -> one.is(Role.STABLE) || one.weight() != 0)
                .map(one -> PatchOperation.set(
                        one.entry(), one.pointer(), WEIGHT, IntNode.valueOf(one.is(Role.STABLE) ? ALL : 0)))
                .toList();
    }

    /** That the destinations still stand where they stood; their weights may be others. */
    private List<PatchOperation> guards(Route route) {
        var key = redirection.key();
        return route.destinations().stream()
                .map(one -> PatchOperation.test(
                        one.pointer() + "/" + key, one.entry().path(key)))
                .toList();
    }
}
