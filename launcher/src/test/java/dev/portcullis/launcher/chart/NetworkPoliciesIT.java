package dev.portcullis.launcher.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who may talk to whom by the chart's NetworkPolicies. */
@Tag("extra")
final class NetworkPoliciesIT {
    private static final String COMPONENT = "app.kubernetes.io/component";
    private static final Set<String> AMONG_THE_SERVICES = Set.of(
            "gate > analysis:analysis-grpc",
            "gate > rollback:rollback-grpc",
            "analysis > gate:gate-grpc",
            "rollback > gate:gate-grpc",
            "rollback > analysis:analysis-grpc");

    private static RenderedChart chart(String values) {
        return RenderedChart.of(Path.of("src/test/resources/chart", values));
    }

    private static String component(JsonNode selector) {
        return selector.path("matchLabels").path(COMPONENT).asText();
    }

    /** What one side of the policies allows between components, and how many rules are about others. */
    private record Allowed(TreeSet<String> pairs, List<JsonNode> others) {}

    private static Allowed allowed(RenderedChart chart, String direction, String peers) {
        var pairs = new TreeSet<String>();
        var others = new ArrayList<JsonNode>();
        chart.ofKind("NetworkPolicy").forEach(policy -> {
            var own = component(policy.at("/spec/podSelector"));
            for (var rule : policy.at("/spec/" + direction)) {
                var ofServices = false;
                for (var peer : rule.path(peers)) {
                    var other = component(peer.path("podSelector"));
                    if (!other.isEmpty() && !peer.has("namespaceSelector")) {
                        ofServices = true;
                        for (var port : rule.path("ports")) {
                            var pair = direction.equals("ingress") ? other + " > " + own : own + " > " + other;
                            pairs.add(pair + ":" + port.path("port").asText());
                        }
                    }
                }
                if (!ofServices) {
                    others.add(rule);
                }
            }
        });
        return new Allowed(pairs, others);
    }

    @Test
    void theServicesAskEachOtherAndNobodyElseGetsIn() {
        var chart = chart("services.yaml");
        var in = allowed(chart, "ingress", "from");
        assertEquals(AMONG_THE_SERVICES, in.pairs());
        assertEquals(List.of(), in.others());
        assertEquals(AMONG_THE_SERVICES, allowed(chart, "egress", "to").pairs());
    }

    @Test
    void everyPodHasAPolicyForBothDirections() {
        for (var values : List.of("services.yaml", "everything.yaml", "standalone.yaml")) {
            var chart = chart(values);
            assertEquals(
                    chart.ofKind("Deployment").count(),
                    chart.ofKind("NetworkPolicy")
                            .filter(policy ->
                                    policy.at("/spec/policyTypes").toString().equals("[\"Ingress\",\"Egress\"]"))
                            .count(),
                    values);
        }
    }

    /** A rule without peers lets everybody in, so an empty list of callers makes no rule at all. */
    @Test
    void noRuleIsForEverybodyWhoComesIn() {
        for (var values : List.of("services.yaml", "everything.yaml", "standalone.yaml")) {
            chart(values).ofKind("NetworkPolicy").forEach(policy -> {
                for (var rule : policy.at("/spec/ingress")) {
                    assertFalse(rule.path("from").isEmpty(), () -> values + ": " + rule);
                    assertFalse(rule.path("ports").isEmpty(), () -> values + ": " + rule);
                }
                for (var rule : policy.at("/spec/egress")) {
                    assertFalse(rule.path("ports").isEmpty(), () -> values + ": " + rule);
                }
            });
        }
    }

    @Test
    void aCallerGetsThePortThatItIsFor() {
        var others = allowed(chart("everything.yaml"), "ingress", "from").others();
        var ports = new TreeSet<String>();
        for (var rule : others) {
            for (var port : rule.path("ports")) {
                ports.add((rule.at("/from/0").has("ipBlock")
                                ? "grpc callers"
                                : rule.at("/from/0/namespaceSelector/matchLabels/kubernetes.io~1metadata.name")
                                        .asText())
                        + " > " + port.path("port").asText());
            }
        }
        assertEquals(
                Set.of(
                        "argo-rollouts > gate-http",
                        "grpc callers > analysis-grpc",
                        "grpc callers > gate-grpc",
                        "grpc callers > rollback-grpc",
                        "monitoring > analysis-grpc",
                        "monitoring > analysis-http",
                        "monitoring > gate-http",
                        "monitoring > rollback-http"),
                ports);
    }
}
