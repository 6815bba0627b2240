package dev.portcullis.rollback.targets.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.rollback.plan.TargetSettings;
import dev.portcullis.rollback.targets.TargetPage;
import dev.portcullis.rollback.targets.TargetPolicy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example of docs/targets/deployment.md, and what is not legal. */
final class DeploymentPageTest {
    private static final Map<String, String> VALUES =
            Map.of("cluster", "default", "namespace", "shop", "name", "checkout", "revisionLabel", "pod-template-hash");

    @Test
    void theConfigurationIsLegal() {
        assertEquals(
                new TargetSettings("deployment", "deployment default/shop/checkout", VALUES),
                TargetPage.of("deployment").policy().target());
    }

    @Test
    void whatIsNotSaidHasItsDefault() {
        var settings =
                TargetPolicy.withKeys("target: deployment, namespace: shop").target();
        assertEquals(VALUES, settings.values());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "target: deployment | spec.rollback.namespace is missing",
                "target: deployment, namespace: Shop | spec.rollback.namespace is 'Shop'; legal: a name of Kubernetes",
                "target: deployment, namespace: shop, deployment: a/b | spec.rollback.deployment is 'a/b'; legal: a name of Kubernetes",
                "target: deployment, namespace: shop, revisionLabel: 'a b' | spec.rollback.revisionLabel is 'a b'; legal: the key",
                "target: deployment, namespace: shop, cluster: west | no document of kind Cluster has that name",
                "target: deployment, namespace: shop, timeout: 5s | timeout",
            })
    void whatIsNotLegalIsAFaultWithKeyAndValue(String keys, String fault) {
        var faults = TargetPolicy.withKeys(keys).faults();
        assertTrue(faults.contains(fault), faults);
    }
}
