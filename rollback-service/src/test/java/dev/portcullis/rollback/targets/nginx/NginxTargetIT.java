package dev.portcullis.rollback.targets.nginx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

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

public final class NginxTargetIT extends RollbackTargetContract {
    private static final String PLAIN = "{target: nginx, namespace: shop, ingress: checkout}";
    private static final String PREFIX = "nginx.ingress.kubernetes.io/";

    /** As Argo Rollouts makes it, with a header rule of its user's (rollout/trafficrouting/nginx/nginx.go, buildCanaryIngress). */
    private static final String HALF_WAY = """
            metadata:
              name: checkout
              ownerReferences: [{apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: checkout, controller: true}]
              annotations:
                nginx.ingress.kubernetes.io/canary: "true"
                nginx.ingress.kubernetes.io/canary-weight: "30"
                nginx.ingress.kubernetes.io/canary-by-header: X-Canary
                nginx.ingress.kubernetes.io/canary-by-header-value: "yes"
                nginx.ingress.kubernetes.io/canary-by-cookie: canary
                example.com/note: kept
            spec:
              ingressClassName: nginx
              rules: [{host: shop.example.com, http: {paths: [{path: /, backend: {service: {name: checkout-canary}}}]}}]
            """;

    private static final String STICKY = """
            metadata: {name: shop, annotations: {nginx.ingress.kubernetes.io/affinity: cookie}}
            spec: {rules: [{host: %s}]}
            """;

    @Override
    protected TargetWorld open() {
        return world(PLAIN, HALF_WAY);
    }

    private static RouterWorld world(String policy, String yaml) {
        return new RouterWorld(new CanaryIngresses(), TrafficPolicies.settings(new NginxKind(), policy), yaml);
    }

    private static RouterWorld annotated(String annotations) {
        return world(PLAIN, "{metadata: {name: checkout, annotations: " + annotations.replace("@", PREFIX) + "}}");
    }

    private static String annotations(RouterWorld world) {
        return world.object().at("/metadata/annotations").toString().replace(PREFIX, "@");
    }

    @Test
    void theWeightIsZeroAndHeaderAndCookieNoLongerLeadToTheCanary() {
        try (var world = world(PLAIN, HALF_WAY)) {
            var assignment = world.assignment();
            assertEquals(
                    "canary-weight 30 of 100, canary-by-header X-Canary, canary-by-cookie canary",
                    world.target().observe(assignment).text());
            world.target().apply(assignment);
            assertEquals(
                    "{\"@canary\":\"true\",\"@canary-weight\":\"0\",\"@canary-by-header-value\":\"yes\",\"example.com/note\":\"kept\"}",
                    annotations(world));
            assertEquals(new Restored("canary-weight 0 of 100"), world.target().observe(assignment));
        }
    }

    @Test
    void whatIsTakenAwayAndWhoSetsItAgainIsWarnedOf() {
        try (var world = world(PLAIN, HALF_WAY)) {
            var ready = assertInstanceOf(Ready.class, world.prepared());
            assertEquals(
                    "[CONTROLLER_MAY_REVERT, RULES_KEPT]",
                    ready.preconditions().stream()
                            .filter(one -> !one.met())
                            .map(one -> one.id())
                            .toList()
                            .toString());
            assertEquals(
                    "canary-by-header X-Canary and canary-by-cookie canary sends requests to the canary whatever the"
                            + " weight, and is taken away; the next canary needs it again",
                    ready.preconditions().get(2).text());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{@canary: \"true\", @canary-weight: \"5\", @canary-weight-total: \"1000\"}|canary-weight 5 of 1000|false",
                "{@canary: \"true\", @canary-weight: \"5\", @canary-weight-total: \"50\"}|canary-weight 5 of 100|false",
                "{@canary: \"True\", @canary-by-header: a}|canary-weight 0 of 100, canary-by-header a|false",
                "{@canary: \"true\", @canary-by-cookie: b}|canary-weight 0 of 100, canary-by-cookie b|false",
                "{@canary: \"true\"}|canary-weight 0 of 100|true",
                "{@canary: \"1\", @canary-weight: \"0\", @canary-by-header-value: x}|canary-weight 0 of 100|true",
                "{@canary: \"true\", @canary-weight: many}|canary-weight 0 of 100|true",
            })
    void itIsReadAsIngressNginxReadsIt(String annotations, String seen, boolean restored) {
        try (var world = annotated(annotations)) {
            var now = assertInstanceOf(Ready.class, world.prepared()).now();
            assertEquals(seen, now.text());
            assertEquals(restored, now instanceof Restored);
            var assignment = world.assignment();
            world.target().apply(assignment);
            assertInstanceOf(Restored.class, world.target().observe(assignment));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{@canary: \"false\", @canary-weight: \"5\"}",
                "{@canary-weight: \"5\"}",
                "{}",
            })
    void anIngressThatIsNoCanaryIsRefused(String annotations) {
        try (var world = annotated(annotations)) {
            var blocked = assertInstanceOf(Blocked.class, world.prepared());
            assertEquals(Obstacle.NOT_POSSIBLE, blocked.obstacle());
        }
    }

    @Test
    void sessionsBoundToTheCanaryAreFreed() {
        try (var world = world(PLAIN, HALF_WAY)) {
            world.server.put(CanaryIngresses.INGRESS, "shop", STICKY.formatted("shop.example.com"));
            var assignment = world.assignment();
            world.target().apply(assignment);
            assertEquals(
                    "legacy",
                    world.object()
                            .at("/metadata/annotations")
                            .path(PREFIX + "affinity-canary-behavior")
                            .asText());
            assertInstanceOf(Restored.class, world.target().observe(assignment));
        }
    }

    @Test
    void sessionsAreStillBoundWhenOnlyTheWeightIsZero() {
        try (var world = world(PLAIN, HALF_WAY.replace("\"30\"", "\"0\"").replaceAll(".*canary-by-.*\n", ""))) {
            world.server.put(CanaryIngresses.INGRESS, "shop", STICKY.formatted("shop.example.com"));
            assertEquals(
                    new NotRestored("canary-weight 0 of 100, sessions bound to the canary"),
                    world.target().observe(world.assignment()));
        }
    }

    @Test
    void sessionsOfAnotherHostAreNobodysBusiness() {
        try (var world = world(PLAIN, HALF_WAY)) {
            world.server.put(CanaryIngresses.INGRESS, "shop", STICKY.formatted("bank.example.com"));
            world.target().apply(world.assignment());
            assertFalse(annotations(world).contains("affinity"));
        }
    }

    @Test
    void anotherPrefixIsHeeded() {
        try (var world = world(
                PLAIN.replace("}", ", annotationPrefix: nginx.example.com}"),
                HALF_WAY.replace("nginx.ingress.kubernetes.io", "nginx.example.com"))) {
            world.target().apply(world.assignment());
            assertEquals(
                    "0",
                    world.object()
                            .at("/metadata/annotations")
                            .path("nginx.example.com/canary-weight")
                            .asText());
        }
    }
}
