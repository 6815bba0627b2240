package dev.portcullis.rollback.targets.istio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.rollback.plan.Precondition;
import dev.portcullis.rollback.plan.Readiness.Ready;
import dev.portcullis.rollback.plan.TargetObservation.NotRestored;
import dev.portcullis.rollback.targets.RollbackTargetContract;
import dev.portcullis.rollback.targets.TargetWorld;
import dev.portcullis.rollback.traffic.RouterWorld;
import dev.portcullis.rollback.traffic.TrafficPolicies;
import org.junit.jupiter.api.Test;

/** VirtualServices whose versions have Services of their own. */
public final class IstioHostIT extends RollbackTargetContract {
    private static final String PLAIN = "{target: istio, namespace: shop, virtualService: checkout, apiVersion: v1,"
            + " stableHost: checkout-primary, canaryHost: checkout-canary}";

    /** As Flagger makes it of a canary with session affinity (pkg/router/istio.go, SetRoutes), and a route of somebody's for testers. */
    private static final String OF_FLAGGER = """
            metadata:
              name: checkout
              ownerReferences: [{apiVersion: flagger.app/v1beta1, kind: Canary, name: checkout, controller: true}]
            spec:
              hosts: [checkout]
              http:
              - name: sticky-route
                match: [{headers: {Cookie: {regex: ".*flagger.*abc.*"}}}]
                route:
                - {destination: {host: checkout-primary, port: {number: 9898}}, weight: 0}
                - {destination: {host: checkout-canary, port: {number: 9898}}, weight: 100}
              - route:
                - {destination: {host: checkout-primary.shop, port: {number: 9898}}, weight: 60}
                - destination: {host: checkout-canary.shop.svc.cluster.local, port: {number: 9898}}
                  weight: 40
                  headers: {response: {add: {Set-Cookie: flagger=abc}}}
              - name: testers
                match: [{headers: {X-Tester: {exact: "1"}}}]
                route: [{destination: {host: checkout-canary, port: {number: 9898}}}]
            """;

    @Override
    protected TargetWorld open() {
        return world();
    }

    private static RouterWorld world() {
        return new RouterWorld(new VirtualServices(), TrafficPolicies.settings(new IstioKind(), PLAIN), OF_FLAGGER);
    }

    @Test
    void onlyWeightsAndTheDestinationOfARouteWithoutAStableOneAreTouched() {
        try (var world = world()) {
            var expected = (ObjectNode) world.object().deepCopy();
            ((ObjectNode) expected.at("/spec/http/0/route/0")).put("weight", 100);
            ((ObjectNode) expected.at("/spec/http/0/route/1")).put("weight", 0);
            ((ObjectNode) expected.at("/spec/http/1/route/0")).put("weight", 100);
            ((ObjectNode) expected.at("/spec/http/1/route/1")).put("weight", 0);
            ((ObjectNode) expected.at("/spec/http/2/route/0/destination")).put("host", "checkout-primary");
            world.target().apply(world.assignment());
            assertEquals(expected.path("spec"), world.object().path("spec"));
        }
    }

    @Test
    void whoSetsItsOwnWeightsAgainIsWarnedOfAndSeen() {
        try (var world = world()) {
            var ready = assertInstanceOf(Ready.class, world.prepared());
            var warning = ready.preconditions().get(1);
            assertEquals(
                    new Precondition(
                            "CONTROLLER_MAY_REVERT",
                            false,
                            "Flagger (checkout) sets these weights; it sets its own again until it is told to abort, as"
                                    + " the next step of a chain can do"),
                    warning);
            var assignment = world.assignment();
            world.target().apply(assignment);
            world.change(object -> ((ObjectNode) object.at("/spec/http/1/route/1")).put("weight", 50));
            var seen = assertInstanceOf(NotRestored.class, world.target().observe(assignment));
            assertEquals(
                    "route sticky-route: checkout-primary 100, checkout-canary 0; route http[1]: checkout-primary.shop"
                            + " 100, checkout-canary.shop.svc.cluster.local 50",
                    seen.text());
        }
    }
}
