package dev.portcullis.rollback.targets.gatewayapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.rollback.plan.Obstacle;
import dev.portcullis.rollback.plan.Readiness.Blocked;
import dev.portcullis.rollback.plan.Readiness.Ready;
import dev.portcullis.rollback.plan.TargetObservation.NotRestored;
import dev.portcullis.rollback.plan.TargetObservation.Restored;
import dev.portcullis.rollback.targets.RollbackTargetContract;
import dev.portcullis.rollback.targets.TargetWorld;
import dev.portcullis.rollback.traffic.RouterWorld;
import dev.portcullis.rollback.traffic.TrafficPolicies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public final class GatewayApiTargetIT extends RollbackTargetContract {
    private static final String PLAIN = "{target: gateway-api, namespace: shop, httpRoute: checkout,"
            + " stableService: checkout-stable, canaryService: checkout-canary}";

    /** As Argo Rollouts' plugin has it half way up, its header rule last (pkg/plugin/httproute.go, setHTTPHeaderRoute). */
    private static final String HALF_WAY = """
            metadata: {name: checkout, labels: {rollouts.argoproj.io/gatewayapi-canary: in-progress}}
            spec:
              parentRefs: [{name: gateway}]
              rules:
              - matches: [{path: {type: PathPrefix, value: /}}]
                backendRefs:
                - {name: checkout-stable, port: 80, weight: 70}
                - {name: checkout-canary, port: 80, weight: 30, filters: [{type: ResponseHeaderModifier}]}
              - {matches: [{path: {type: PathPrefix, value: /cart}}], backendRefs: [{name: cart, port: 80}]}
              - filters: [{type: RequestRedirect, requestRedirect: {scheme: https}}]
              - matches: [{headers: [{name: X-Canary, value: "yes"}]}]
                backendRefs: [{group: "", kind: Service, name: checkout-canary, port: 8080}]
            status:
              parents:
              - {controllerName: example.com/gateway, conditions: [{type: Accepted, status: "True", observedGeneration: 1}]}
            """;

    @Override
    protected TargetWorld open() {
        return world(HALF_WAY);
    }

    private static RouterWorld world(String yaml) {
        var settings = TrafficPolicies.settings(new GatewayApiKind(), PLAIN);
        return new RouterWorld(new HttpRoutes(), settings, yaml, GatewayApiTargetIT::takeUp);
    }

    /**
     * What a gateway's controller does, by the Gateway API's conformance test HTTPRouteObservedGenerationBump: each condition tells the generation it is
     * about.
     */
    private static void takeUp(ObjectNode route) {
        var accepted = (ObjectNode) route.at("/status/parents/0/conditions/0");
        accepted.put("observedGeneration", route.at("/metadata/generation").asLong());
    }

    private static RouterWorld rules(String rules) {
        return new RouterWorld(
                new HttpRoutes(),
                TrafficPolicies.settings(new GatewayApiKind(), PLAIN),
                "{metadata: {name: checkout}, spec: {rules: " + rules + "}}");
    }

    @Test
    void onlyWeightsAndTheBackendOfARuleWithoutAStableOneAreTouched() {
        try (var world = world(HALF_WAY)) {
            var expected = (ObjectNode) world.object().path("spec").deepCopy();
            ((ObjectNode) expected.at("/rules/0/backendRefs/0")).put("weight", 100);
            ((ObjectNode) expected.at("/rules/0/backendRefs/1")).put("weight", 0);
            ((ObjectNode) expected.at("/rules/3/backendRefs/0"))
                    .put("name", "checkout-stable")
                    .put("port", 80);
            world.target().apply(world.assignment());
            assertEquals(expected, world.object().path("spec"));
        }
    }

    @Test
    void itIsNotRestoredBeforeTheGatewayHasTakenItUp() {
        try (var world = world(HALF_WAY)) {
            var assignment = world.assignment();
            world.target().apply(assignment);
            var early = assertInstanceOf(NotRestored.class, world.target().observe(assignment));
            assertEquals(
                    "rule 0: checkout-stable 100, checkout-canary 0; written, but not yet taken up by all who route by it",
                    early.text());
            world.work();
            assertInstanceOf(Restored.class, world.target().observe(assignment));
        }
    }

    @Test
    void aBackendWithoutAWeightHasOne() {
        try (var world = rules(
                "[{name: main, backendRefs: [{name: checkout-stable, port: 80}, {name: checkout-canary, port: 80}]}]")) {
            var assignment = world.assignment();
            assertEquals(
                    "rule main: checkout-stable 1, checkout-canary 1",
                    world.target().observe(assignment).text());
            world.target().apply(assignment);
            assertEquals(
                    "rule main: checkout-stable 100, checkout-canary 0",
                    world.target().observe(assignment).text());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{name: checkout-stable, namespace: other}",
                "{name: checkout-stable, kind: ServiceImport, group: multicluster.x-k8s.io}",
                "{name: checkout}",
            })
    void anotherBackendIsNotTheStableOne(String backend) {
        try (var world = rules("[{backendRefs: [" + backend + ", {name: checkout-canary}]}]")) {
            var blocked = assertInstanceOf(Blocked.class, world.prepared());
            assertEquals(Obstacle.NOT_POSSIBLE, blocked.obstacle());
        }
    }

    @Test
    void aRuleThatGivesItsOnlyBackendNoWeightAnswersErrorsUntilTheStableOneHasOne() {
        try (var world = rules(
                "[{backendRefs: [{name: checkout-canary, weight: 0}]}, {backendRefs: [{name: checkout-stable}]}]")) {
            var assignment = world.assignment();
            assertInstanceOf(NotRestored.class, world.target().observe(assignment));
            world.target().apply(assignment);
            assertEquals(
                    "{\"name\":\"checkout-stable\",\"weight\":100}",
                    world.object().at("/spec/rules/0/backendRefs/0").toString());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "filters: [{type: RequestMirror, requestMirror: {backendRef: {name: checkout-canary}}}], backendRefs: [{name: checkout-stable}]|false",
                "backendRefs: [{name: checkout-stable, filters: [{type: RequestMirror, requestMirror: {backendRef: {name: checkout-canary}}}]}]|false",
                "filters: [{type: RequestMirror, requestMirror: {backendRef: {name: audit}}}], backendRefs: [{name: checkout-stable}]|true",
            })
    void copiesOfRequestsToTheCanaryAreWarnedOf(String rule, boolean met) {
        try (var world = rules("[{" + rule + "}]")) {
            var ready = assertInstanceOf(Ready.class, world.prepared());
            var told = ready.preconditions().getLast();
            assertEquals("NOT_MIRRORED", told.id());
            assertEquals(met, told.met(), told.text());
        }
    }

    @Test
    void aCanaryUnderWayIsWarnedOf() {
        try (var world = world(HALF_WAY)) {
            var ready = assertInstanceOf(Ready.class, world.prepared());
            assertEquals("CONTROLLER_MAY_REVERT", ready.preconditions().get(1).id());
            assertEquals(false, ready.preconditions().get(1).met());
        }
    }
}
