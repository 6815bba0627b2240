package dev.portcullis.rollback.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GitOpsTest {
    private static JsonNode deployment(String marks) {
        return Yaml.object("{kind: Deployment, metadata: {name: checkout, namespace: shop, " + marks + "}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "annotations: {argocd.argoproj.io/tracking-id: 'pay:apps/Deployment:shop/checkout'} | Argo CD application pay",
                "annotations: {argocd.argoproj.io/tracking-id: 'team_pay:apps/Deployment:shop/checkout'} | Argo CD application team_pay",
                "labels: {argocd.argoproj.io/instance: pay} | Argo CD application pay",
                "labels: {kustomize.toolkit.fluxcd.io/name: apps, kustomize.toolkit.fluxcd.io/namespace: flux-system} | Flux Kustomization flux-system/apps",
                "labels: {helm.toolkit.fluxcd.io/name: pay, helm.toolkit.fluxcd.io/namespace: shop} | Flux HelmRelease shop/pay",
            })
    void whoeverKeepsAnObjectIsNamed(String marks, String reverter) {
        assertEquals(reverter, GitOps.reverter(deployment(marks)).orElse("nobody"));
        assertEquals("nobody", GitOps.hint(deployment(marks)).orElse("nobody"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "labels: {}",
                // a copy of another object, made by hand or by a controller
                "annotations: {argocd.argoproj.io/tracking-id: 'pay:apps/Deployment:shop/other'}",
                "annotations: {argocd.argoproj.io/tracking-id: 'pay:apps/ReplicaSet:shop/checkout'}",
                "annotations: {argocd.argoproj.io/tracking-id: nonsense}",
                // told to leave it alone
                "labels: {kustomize.toolkit.fluxcd.io/name: a}, annotations: {kustomize.toolkit.fluxcd.io/reconcile: disabled}",
                "labels: {kustomize.toolkit.fluxcd.io/name: a}, annotations: {kustomize.toolkit.fluxcd.io/ssa: IfNotPresent}",
                "labels: {helm.toolkit.fluxcd.io/name: a, helm.toolkit.fluxcd.io/driftDetection: Disabled}",
                // Helm reverts nothing
                "labels: {app.kubernetes.io/managed-by: Helm, app.kubernetes.io/instance: pay}, annotations: {meta.helm.sh/release-name: pay}",
            })
    void anObjectNobodyKeepsHasNoReverter(String marks) {
        assertEquals("nobody", GitOps.reverter(deployment(marks)).orElse("nobody"));
        assertEquals("nobody", GitOps.hint(deployment(marks)).orElse("nobody"));
    }

    @Test
    void aLabelThatManySetIsOnlyAHint() {
        var object = deployment("labels: {app.kubernetes.io/instance: pay}");
        assertEquals("nobody", GitOps.reverter(object).orElse("nobody"));
        assertEquals("perhaps Argo CD application pay", GitOps.hint(object).orElse("nobody"));
    }
}
