package dev.portcullis.rollback.crash;

import dev.portcullis.rollback.target.RollbackTargetContract;
import dev.portcullis.rollback.target.argocd.ArgoCdContractTest;
import dev.portcullis.rollback.target.argorollouts.AbortBlueGreenContractTest;
import dev.portcullis.rollback.target.argorollouts.AbortContractTest;
import dev.portcullis.rollback.target.argorollouts.AbortPausedContractTest;
import dev.portcullis.rollback.target.argorollouts.AbortRoutedContractTest;
import dev.portcullis.rollback.target.argorollouts.UndoBlueGreenContractTest;
import dev.portcullis.rollback.target.argorollouts.UndoContractTest;
import dev.portcullis.rollback.target.argorollouts.UndoPausedContractTest;
import dev.portcullis.rollback.target.argorollouts.UndoRoutedContractTest;
import dev.portcullis.rollback.target.argorollouts.UndoWorkloadRefContractTest;
import dev.portcullis.rollback.target.deployment.DeploymentContractTest;
import dev.portcullis.rollback.target.deployment.PausedDeploymentContractTest;
import dev.portcullis.rollback.target.featureflag.FlagdHttpTest;
import dev.portcullis.rollback.target.featureflag.LaunchDarklyTest;
import dev.portcullis.rollback.target.gatewayapi.GatewayApiTargetTest;
import dev.portcullis.rollback.target.istio.IstioHostTest;
import dev.portcullis.rollback.target.istio.IstioSubsetTest;
import dev.portcullis.rollback.target.nginx.NginxTargetTest;
import dev.portcullis.rollback.target.webhook.WebhookTargetTest;
import java.util.List;

/** Every way back over HTTP there is. */
final class Scenarios {
    private static final String ROLLOUT =
            "target: argo-rollouts, cluster: ${cluster}, namespace: shop, rollout: checkout";
    private static final String DEPLOYMENT =
            "target: deployment, cluster: ${cluster}, namespace: shop, deployment: checkout";
    private static final String ARGO_CD = "target: argo-cd, cluster: ${cluster}, application: checkout";
    private static final String ISTIO = "target: istio, cluster: ${cluster}, namespace: shop, virtualService: checkout";

    static final List<Scenario> ALL = List.of(
            new Scenario(
                    new WebhookTargetTest(),
                    "target: webhook, url: '${address}/return', readBack: '${address}/where', timeout: 1m"),
            new Scenario(
                    new LaunchDarklyTest(),
                    "target: feature-flag, provider: launchdarkly, project: shop, environment: production,"
                            + " flag: new-checkout, address: '${address}', tokenFile: '${token}', timeout: 1m"),
            new Scenario(
                    new FlagdHttpTest(),
                    "target: feature-flag, provider: flagd-http, url: '${address}/flags.json', flag: new-checkout, timeout: 1m"),
            new Scenario(new IstioSubsetTest(), ISTIO),
            new Scenario(
                    new IstioHostTest(),
                    ISTIO + ", apiVersion: v1, stableHost: checkout-primary, canaryHost: checkout-canary"),
            new Scenario(
                    new GatewayApiTargetTest(),
                    "target: gateway-api, cluster: ${cluster}, namespace: shop, httpRoute: checkout,"
                            + " stableService: checkout-stable, canaryService: checkout-canary"),
            new Scenario(
                    new NginxTargetTest(), "target: nginx, cluster: ${cluster}, namespace: shop, ingress: checkout"),
            new Scenario(new ArgoCdContractTest().new SyncedByHand(), ARGO_CD),
            new Scenario(new ArgoCdContractTest().new WithAutoSyncToSwitchOff(), ARGO_CD + ", autoSync: switch-off"),
            new Scenario(new ArgoCdContractTest().new OfSeveralSources(), ARGO_CD),
            new Scenario(new AbortContractTest(), ROLLOUT),
            new Scenario(new AbortPausedContractTest(), ROLLOUT),
            new Scenario(new AbortRoutedContractTest(), ROLLOUT),
            new Scenario(new AbortBlueGreenContractTest(), ROLLOUT),
            new Scenario(new UndoContractTest(), ROLLOUT),
            new Scenario(new UndoPausedContractTest(), ROLLOUT),
            new Scenario(new UndoRoutedContractTest(), ROLLOUT),
            new Scenario(new UndoBlueGreenContractTest(), ROLLOUT),
            new Scenario(new UndoWorkloadRefContractTest(), ROLLOUT),
            new Scenario(new DeploymentContractTest(), DEPLOYMENT),
            new Scenario(new PausedDeploymentContractTest(), DEPLOYMENT));

    private Scenarios() {}

    /** The scenario whose worlds that test opens. */
    static Scenario of(Class<? extends RollbackTargetContract> contract) {
        return ALL.stream()
                .filter(scenario -> scenario.contract().getClass().equals(contract))
                .findFirst()
                .orElseThrow();
    }
}
