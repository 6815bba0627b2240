package dev.portcullis.rollback.targets.argorollouts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.rollback.plan.TargetSettings;
import dev.portcullis.rollback.targets.TargetPage;
import dev.portcullis.rollback.targets.TargetPolicy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example of docs/targets/argo-rollouts.md, and what is not legal. */
final class ArgoRolloutsPageTest {
    private static final Map<String, String> VALUES = Map.of(
            "cluster",
            "default",
            "namespace",
            "shop",
            "name",
            "checkout",
            "revisionLabel",
            "rollouts-pod-template-hash");

    @Test
    void theConfigurationIsLegal() {
        assertEquals(
                new TargetSettings("argo-rollouts", "argo-rollouts default/shop/checkout", VALUES),
                TargetPage.of("argo-rollouts").policy().target());
    }

    @Test
    void whatIsNotSaidHasItsDefault() {
        var settings =
                TargetPolicy.withKeys("target: argo-rollouts, namespace: shop").target();
        assertEquals(VALUES, settings.values());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "target: argo-rollouts | spec.rollback.namespace is missing",
                "target: argo-rollouts, namespace: Shop | spec.rollback.namespace is 'Shop'; legal: a name of Kubernetes",
                "target: argo-rollouts, namespace: shop, rollout: a/b | spec.rollback.rollout is 'a/b'; legal: a name of Kubernetes",
                "target: argo-rollouts, namespace: shop, revisionLabel: 'a b' | spec.rollback.revisionLabel is 'a b'; legal: the key",
                "target: argo-rollouts, namespace: shop, cluster: west | no document of kind Cluster has that name",
                "target: argo-rollouts, namespace: shop, timeout: 5s | timeout",
            })
    void whatIsNotLegalIsAFaultWithKeyAndValue(String keys, String fault) {
        var faults = TargetPolicy.withKeys(keys).faults();
        assertTrue(faults.contains(fault), faults);
    }
}
