package dev.portcullis.rollback.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.rollback.configuration.TargetKind;
import dev.portcullis.rollback.targets.gatewayapi.GatewayApiKind;
import dev.portcullis.rollback.targets.istio.IstioKind;
import dev.portcullis.rollback.targets.nginx.NginxKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How policies name what requests are moved by. */
final class TrafficKindsTest {
    private static final Map<String, TargetKind> KINDS = Map.of(
            "istio", new IstioKind(),
            "gateway-api", new GatewayApiKind(),
            "nginx", new NginxKind());
    private static final String NAME = "a name of Kubernetes: letters a to z, digits, - and .";

    private static Map<String, String> values(String kind, String keys) {
        return TrafficPolicies.settings(KINDS.get(kind), "{target: " + kind + ", namespace: shop, " + keys + "}")
                .values();
    }

    @Test
    void whatIsNotSaidHasItsDefault() {
        assertEquals(
                Map.of(
                        "cluster", "default",
                        "namespace", "shop",
                        "name", "checkout",
                        "apiVersion", "v1beta1",
                        "stableSubset", "stable",
                        "canarySubset", "canary"),
                values("istio", "virtualService: checkout"));
        assertEquals(
                Map.of(
                        "cluster", "default",
                        "namespace", "shop",
                        "name", "checkout",
                        "apiVersion", "v1",
                        "stableService", "a",
                        "canaryService", "b"),
                values("gateway-api", "httpRoute: checkout, stableService: a, canaryService: b"));
        assertEquals(
                Map.of(
                        "cluster", "default",
                        "namespace", "shop",
                        "name", "checkout",
                        "annotationPrefix", "nginx.ingress.kubernetes.io"),
                values("nginx", "ingress: checkout"));
    }

    @Test
    void everythingCanBeSaid() {
        assertEquals(
                Map.of(
                        "cluster", "mars",
                        "namespace", "shop",
                        "name", "checkout",
                        "apiVersion", "v1",
                        "host", "checkout.shop.svc.cluster.local",
                        "routes", "primary\nother one",
                        "stableSubset", "v1",
                        "canarySubset", "v2"),
                values(
                        "istio",
                        "virtualService: checkout, cluster: mars, apiVersion: v1, host: checkout.shop.svc.cluster.local,"
                                + " routes: [primary, other one], stableSubset: v1, canarySubset: v2"));
        assertEquals(
                Map.of(
                        "cluster", "default",
                        "namespace", "shop",
                        "name", "checkout",
                        "apiVersion", "v1alpha3",
                        "stableHost", "a",
                        "canaryHost", "b"),
                values("istio", "virtualService: checkout, apiVersion: v1alpha3, stableHost: a, canaryHost: b"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "istio|namespace: shop|spec.rollback.virtualService is missing; legal: text, in quotes if it could be read as a"
                        + " number or as true or false",
                "nginx|ingress: a|spec.rollback.namespace is missing; legal: text, in quotes if it could be read as a number or"
                        + " as true or false",
                "istio|namespace: shop, virtualService: Check out|spec.rollback.virtualService is 'Check out'; legal: "
                        + NAME,
                "istio|namespace: shop, virtualService: a, apiVersion: v7beta1|spec.rollback.apiVersion is 'v7beta1' (did you mean 'v1beta1'?); legal: v1, v1beta1,"
                        + " v1alpha3",
                "istio|namespace: shop, virtualService: a, canaryHost: b|spec.rollback.stableHost is missing; legal: both hosts,"
                        + " or none",
                "istio|namespace: shop, virtualService: a, stableHost: a, canaryHost: b, canarySubset: c|spec.rollback.canarySubset"
                        + " stands beside stableHost and canaryHost; legal: versions told apart by host, or by subset",
                "istio|namespace: shop, virtualService: a, canarySubset: stable|spec.rollback.canarySubset is 'stable', as the"
                        + " stable one; legal: another",
                "istio|namespace: shop, virtualService: a, stableHost: b, canaryHost: b|spec.rollback.canaryHost is 'b', as the"
                        + " stable one; legal: another",
                "gateway-api|namespace: shop, httpRoute: a, stableService: b, canaryService: b|spec.rollback.canaryService is 'b',"
                        + " as the stable one; legal: another",
                "nginx|namespace: shop, ingress: a, annotationPrefix: a/b|spec.rollback.annotationPrefix is 'a/b'; legal: "
                        + NAME,
            })
    void whatIsNotLegalIsSaid(String kind, String keys, String fault) {
        assertEquals(List.of(fault), TrafficPolicies.faults(KINDS.get(kind), "{target: " + kind + ", " + keys + "}"));
    }
}
