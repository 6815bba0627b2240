package dev.portcullis.rollback.targets.nginx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.rollback.cluster.Cluster;
import dev.portcullis.rollback.cluster.ClusterException;
import dev.portcullis.rollback.cluster.ResourceAccess;
import dev.portcullis.rollback.cluster.ResourceKind;
import dev.portcullis.rollback.plan.Obstacle;
import dev.portcullis.rollback.plan.Precondition;
import dev.portcullis.rollback.plan.TargetSettings;
import dev.portcullis.rollback.traffic.ObjectSettings;
import dev.portcullis.rollback.traffic.Routing;
import dev.portcullis.rollback.traffic.TrafficSplit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Canary Ingresses of ingress-nginx. Stateless. */
public final class CanaryIngresses implements Routing {
    static final ResourceKind INGRESS = new ResourceKind("networking.k8s.io", "v1", "ingresses", "Ingress");

    private static final String STICKY = "sticky";

    @Override
    public String target() {
        return NginxKind.NAME;
    }

    @Override
    public ResourceKind resource(TargetSettings settings) {
        return INGRESS;
    }

    @Override
    public List<ResourceAccess> otherAccesses(TargetSettings settings) {
        return List.of(ResourceAccess.toAll(
                "list", INGRESS, ObjectSettings.of(settings).namespace()));
    }

    /** Whether the Ingress beside which the canary stands binds sessions by a cookie: the canary takes that over from it. */
    @Override
    public TargetSettings pin(Cluster cluster, JsonNode object, TargetSettings settings) throws ClusterException {
        var hosts = hosts(object);
        var sticky = cluster.list(INGRESS, ObjectSettings.of(settings).namespace(), Map.of()).stream()
                .filter(other -> !Collections.disjoint(hosts, hosts(other)))
                .map(other -> annotations(other, settings))
                .anyMatch(other -> !other.isCanary() && other.bindsSessions());
        return settings.with(STICKY, String.valueOf(sticky));
    }

    /** An Ingress without rules serves every host. */
    private static Set<String> hosts(JsonNode ingress) {
        Set<String> hosts = new TreeSet<>();
        ingress.at("/spec/rules").forEach(rule -> hosts.add(rule.path("host").asText("")));
        return hosts.isEmpty() ? Set.of("") : hosts;
    }

    private static CanaryAnnotations annotations(JsonNode ingress, TargetSettings settings) {
        return CanaryAnnotations.of(ingress, settings.required(NginxKind.PREFIX));
    }

    @Override
    public TrafficSplit read(JsonNode object, TargetSettings settings) {
        var annotations = annotations(object, settings);
        var sticky = Boolean.parseBoolean(settings.values().get(STICKY));
        var goal = "Ingress " + ObjectSettings.of(settings) + ": no request to the canary";
        if (!annotations.isCanary()) {
            return notACanary(annotations, goal);
        }
        return new TrafficSplit(
                annotations.seen(sticky),
                goal,
                annotations.edits(sticky),
                List.of(),
                Optional.empty(),
                List.of(rulesKept(annotations), notSticky(sticky)));
    }

    private static TrafficSplit notACanary(CanaryAnnotations annotations, String goal) {
        var text = "the annotation " + annotations.prefix()
                + "/canary is not \"true\"; 'ingress' must name the canary's" + " Ingress, not the stable one";
        return TrafficSplit.hindered("no canary Ingress", goal, Obstacle.NOT_POSSIBLE, text);
    }

    private static Precondition rulesKept(CanaryAnnotations annotations) {
        var rules = annotations.rules();
        return new Precondition(
                "RULES_KEPT",
                rules.isEmpty(),
                rules.isEmpty()
                        ? "no header and no cookie sends requests to the canary"
                        : String.join(" and ", rules)
                                + " sends requests to the canary whatever the weight, and is taken"
                                + " away; the next canary needs it again");
    }

    private static Precondition notSticky(boolean sticky) {
        return new Precondition(
                "SESSIONS_NOT_BOUND",
                !sticky,
                sticky
                        ? "session cookies bind users to the canary whatever the weight; affinity-canary-behavior becomes"
                                + " legacy, which frees them"
                        : "no session cookie binds users to the canary");
    }
}
