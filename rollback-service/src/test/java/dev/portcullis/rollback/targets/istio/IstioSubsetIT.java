package dev.portcullis.rollback.targets.istio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.rollback.plan.Obstacle;
import dev.portcullis.rollback.plan.Precondition;
import dev.portcullis.rollback.plan.Readiness.Blocked;
import dev.portcullis.rollback.plan.Readiness.Ready;
import dev.portcullis.rollback.plan.TargetObservation.Restored;
import dev.portcullis.rollback.targets.RollbackTargetContract;
import dev.portcullis.rollback.targets.TargetWorld;
import dev.portcullis.rollback.traffic.RouterWorld;
import dev.portcullis.rollback.traffic.TrafficPolicies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** VirtualServices whose versions are subsets. */
public final class IstioSubsetIT extends RollbackTargetContract {
    private static final String PLAIN = "{target: istio, namespace: shop, virtualService: checkout}";

    /** As Argo Rollouts has it half way up, its header route (rollout/trafficrouting/istio/istio.go, createHeaderRoute) before the others. */
    private static final String HALF_WAY = """
            metadata: {name: checkout}
            spec:
              hosts: [checkout]
              http:
              - name: set-header
                match: [{headers: {X-Canary: {exact: "yes"}}}]
                route: [{destination: {host: checkout, port: {number: 80}, subset: canary}, weight: 100}]
              - name: primary
                timeout: 5s
                route:
                - {destination: {host: checkout, subset: stable}, weight: 70}
                - {destination: {host: checkout, subset: canary}, weight: 30, headers: {request: {set: {a: b}}}}
              - match: [{uri: {prefix: /other}}]
                route: [{destination: {host: other}}]
              tcp:
              - match: [{port: 9000}]
                route:
                - {destination: {host: checkout.shop.svc.cluster.local, subset: stable}, weight: 70}
                - {destination: {host: checkout.shop.svc.cluster.local, subset: canary}, weight: 30}
            """;

    @Override
    protected TargetWorld open() {
        return world(PLAIN, HALF_WAY);
    }

    private static RouterWorld world(String policy, String object) {
        return new RouterWorld(new VirtualServices(), TrafficPolicies.settings(new IstioKind(), policy), object);
    }

    /** A VirtualService of these http routes. */
    private static RouterWorld http(String policy, String routes) {
        return world(policy, "{metadata: {name: checkout}, spec: {hosts: [checkout], http: " + routes + "}}");
    }

    @Test
    void everyRouteThatLeadsToTheCanaryIsToldAndTurned() {
        try (var world = world(PLAIN, HALF_WAY)) {
            var assignment = world.assignment();
            assertEquals(
                    "route set-header: canary 100; route primary: stable 70, canary 30; route tcp[0]: stable 70, canary 30",
                    world.target().observe(assignment).text());
            world.target().apply(assignment);
            var spec = world.object().path("spec");
            assertEquals("stable", spec.at("/http/0/route/0/destination/subset").asText());
            assertEquals(100, spec.at("/http/1/route/0/weight").asInt());
            assertEquals(0, spec.at("/http/1/route/1/weight").asInt());
            assertEquals(100, spec.at("/tcp/0/route/0/weight").asInt());
            assertEquals(
                    "route primary: stable 100, canary 0; route tcp[0]: stable 100, canary 0",
                    world.target().observe(assignment).text());
        }
    }

    @Test
    void aThirdVersionGetsNothingEither() {
        try (var world = http(
                PLAIN,
                "[{route: [{destination: {host: checkout, subset: stable}, weight: 60},"
                        + " {destination: {host: checkout, subset: canary}, weight: 20},"
                        + " {destination: {host: checkout, subset: experiment}, weight: 20}]}]")) {
            world.target().apply(world.assignment());
            assertEquals(
                    "[100,0,0]",
                    world.object()
                            .at("/spec/http/0/route")
                            .findValuesAsText("weight")
                            .toString()
                            .replace(" ", ""));
        }
    }

    @Test
    void aCanaryWithoutAWeightGetsNothing() {
        try (var world = http(
                PLAIN,
                "[{route: [{destination: {host: checkout, subset: stable}, weight: 100},"
                        + " {destination: {host: checkout, subset: canary}}]}]")) {
            assertInstanceOf(
                    Restored.class,
                    assertInstanceOf(Ready.class, world.prepared()).now());
        }
    }

    @Test
    void withoutACanaryItIsRestored() {
        try (var world = http(PLAIN, "[{route: [{destination: {host: checkout, subset: stable}}]}]")) {
            var ready = assertInstanceOf(Ready.class, world.prepared());
            assertEquals(new Restored("no route leads to the canary"), ready.now());
        }
    }

    @ParameterizedTest(name = "{3}: {4}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "[{route: [{destination: {host: checkout, subset: v1}}]}]||NOT_POSSIBLE"
                        + "|no route leads to the stable version; destinations are: checkout/v1",
                "[{route: [{destination: {host: checkout, subset: canary}}]}]||NOT_POSSIBLE"
                        + "|no route leads to the stable version; destinations are: canary",
                "[]||NOT_POSSIBLE|no route leads to the stable version; destinations are: none",
                "[{route: [{destination: {host: checkout, subset: canary}}, {destination: {host: checkout, subset: v3}}]},"
                        + " {route: [{destination: {host: checkout, subset: stable}}]}]||NOT_POSSIBLE"
                        + "|the stable version is no destination of route http[0]: canary 0, checkout/v3 0; destinations are: canary, checkout/v3, stable",
                "[{route: [{destination: {host: checkout, subset: canary}}]}, {route: [{destination: {host: cart, subset: stable}}]}]"
                        + "||NOT_POSSIBLE|the stable version is no destination of route http[0]: canary 100; destinations are: canary, stable",
                "[{route: [{destination: {host: checkout, subset: stable}}, {destination: {host: cart, subset: stable}},"
                        + " {destination: {host: cart, subset: canary}}]}]||REVISION_AMBIGUOUS"
                        + "|several destinations are the stable version in route http[0]: stable 0, stable 0, canary 0",
                "[{route: [{destination: {host: checkout, subset: canary}}]}, {route: [{destination: {host: cart, subset: canary}}]}]"
                        + "||REVISION_AMBIGUOUS|several hosts have a canary: cart.shop, checkout.shop; say which by 'host'",
                "[{name: primary, route: [{destination: {host: checkout, subset: stable}}]}]|, routes: [main]|NOT_POSSIBLE"
                        + "|there is no route main, but route primary",
            })
    void whatIsNotClearIsRefused(String routes, String keys, Obstacle obstacle, String text) {
        var more = keys == null ? "" : keys;
        try (var world = http(PLAIN.replace("}", more + "}"), routes)) {
            var blocked = assertInstanceOf(Blocked.class, world.prepared());
            assertEquals(obstacle, blocked.obstacle());
            assertEquals(
                    "VirtualService shop/checkout of networking.istio.io/v1beta1 in cluster 'default': " + text,
                    blocked.text());
        }
    }

    @Test
    void aHostTellsServicesWithTheSameSubsetsApart() {
        var routes = "[{name: a, route: [{destination: {host: checkout, subset: stable}, weight: 50},"
                + " {destination: {host: checkout, subset: canary}, weight: 50}]},"
                + " {name: b, route: [{destination: {host: cart, subset: stable}, weight: 50},"
                + " {destination: {host: cart, subset: canary}, weight: 50}]}]";
        try (var world = http(PLAIN.replace("}", ", host: checkout.shop.svc.cluster.local}"), routes)) {
            world.target().apply(world.assignment());
            assertEquals(0, world.object().at("/spec/http/0/route/1/weight").asInt());
            assertEquals(50, world.object().at("/spec/http/1/route/1/weight").asInt());
        }
    }

    @Test
    void onlyNamedRoutesAreTurnedAndTheOthersAreWarnedOf() {
        try (var world = world(PLAIN.replace("}", ", routes: [primary]}"), HALF_WAY)) {
            var ready = assertInstanceOf(Ready.class, world.prepared());
            var warning = "route set-header, route tcp[0] leads to the canary too, and is not among 'routes'";
            assertTrue(
                    ready.preconditions().contains(new Precondition("NO_ROUTE_LEFT_ALONE", false, warning)),
                    ready.toString());
            world.target().apply(world.assignment());
            assertEquals(
                    "canary",
                    world.object().at("/spec/http/0/route/0/destination/subset").asText());
            assertEquals(0, world.object().at("/spec/http/1/route/1/weight").asInt());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mirror: {host: checkout, subset: canary}|false",
                "mirrors: [{destination: {host: checkout, subset: canary}, percentage: {value: 5}}]|false",
                "mirror: {host: checkout, subset: stable}|true",
            })
    void copiesOfRequestsToTheCanaryAreWarnedOf(String mirror, boolean met) {
        try (var world =
                http(PLAIN, "[{name: a, route: [{destination: {host: checkout, subset: stable}}], " + mirror + "}]")) {
            var ready = assertInstanceOf(Ready.class, world.prepared());
            var told = ready.preconditions().stream()
                    .filter(one -> one.id().equals("NOT_MIRRORED"))
                    .findFirst()
                    .orElseThrow();
            assertEquals(met, told.met(), told.text());
        }
    }
}
