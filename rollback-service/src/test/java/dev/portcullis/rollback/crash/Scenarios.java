package dev.portcullis.rollback.crash;

import dev.portcullis.rollback.target.RollbackTargetContract;
import dev.portcullis.rollback.target.argocd.ArgoCdContractIT;
import dev.portcullis.rollback.target.argorollouts.AbortBlueGreenContractIT;
import dev.portcullis.rollback.target.argorollouts.AbortContractIT;
import dev.portcullis.rollback.target.argorollouts.AbortPausedContractIT;
import dev.portcullis.rollback.target.argorollouts.AbortRoutedContractIT;
import dev.portcullis.rollback.target.argorollouts.UndoBlueGreenContractIT;
import dev.portcullis.rollback.target.argorollouts.UndoContractIT;
import dev.portcullis.rollback.target.argorollouts.UndoPausedContractIT;
import dev.portcullis.rollback.target.argorollouts.UndoRoutedContractIT;
import dev.portcullis.rollback.target.argorollouts.UndoWorkloadRefContractIT;
import dev.portcullis.rollback.target.deployment.DeploymentContractIT;
import dev.portcullis.rollback.target.deployment.PausedDeploymentContractIT;
import dev.portcullis.rollback.target.featureflag.FlagdHttpIT;
import dev.portcullis.rollback.target.featureflag.LaunchDarklyIT;
import dev.portcullis.rollback.target.gatewayapi.GatewayApiTargetIT;
import dev.portcullis.rollback.target.istio.IstioHostIT;
import dev.portcullis.rollback.target.istio.IstioSubsetIT;
import dev.portcullis.rollback.target.nginx.NginxTargetIT;
import dev.portcullis.rollback.target.webhook.WebhookTargetIT;
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
                    new WebhookTargetIT(),
                    "target: webhook, url: '${address}/return', readBack: '${address}/where', timeout: 1m"),
            new Scenario(
                    new LaunchDarklyIT(),
                    "target: feature-flag, provider: launchdarkly, project: shop, environment: production,"
                            + " flag: new-checkout, address: '${address}', tokenFile: '${token}', timeout: 1m"),
            new Scenario(
                    new FlagdHttpIT(),
                    "target: feature-flag, provider: flagd-http, url: '${address}/flags.json', flag: new-checkout, timeout: 1m"),
            new Scenario(new IstioSubsetIT(), ISTIO),
            new Scenario(
                    new IstioHostIT(),
                    ISTIO + ", apiVersion: v1, stableHost: checkout-primary, canaryHost: checkout-canary"),
            new Scenario(
                    new GatewayApiTargetIT(),
                    "target: gateway-api, cluster: ${cluster}, namespace: shop, httpRoute: checkout,"
                            + " stableService: checkout-stable, canaryService: checkout-canary"),
            new Scenario(new NginxTargetIT(), "target: nginx, cluster: ${cluster}, namespace: shop, ingress: checkout"),
            new Scenario(new ArgoCdContractIT().new SyncedByHand(), ARGO_CD),
            new Scenario(new ArgoCdContractIT().new WithAutoSyncToSwitchOff(), ARGO_CD + ", autoSync: switch-off"),
            new Scenario(new ArgoCdContractIT().new OfSeveralSources(), ARGO_CD),
            new Scenario(new AbortContractIT(), ROLLOUT),
            new Scenario(new AbortPausedContractIT(), ROLLOUT),
            new Scenario(new AbortRoutedContractIT(), ROLLOUT),
            new Scenario(new AbortBlueGreenContractIT(), ROLLOUT),
            new Scenario(new UndoContractIT(), ROLLOUT),
            new Scenario(new UndoPausedContractIT(), ROLLOUT),
            new Scenario(new UndoRoutedContractIT(), ROLLOUT),
            new Scenario(new UndoBlueGreenContractIT(), ROLLOUT),
            new Scenario(new UndoWorkloadRefContractIT(), ROLLOUT),
            new Scenario(new DeploymentContractIT(), DEPLOYMENT),
            new Scenario(new PausedDeploymentContractIT(), DEPLOYMENT));

    private Scenarios() {}

    /** The scenario whose worlds that test opens. */
    static Scenario of(Class<? extends RollbackTargetContract> contract) {
        return ALL.stream()
                .filter(scenario -> scenario.contract().getClass().equals(contract))
                .findFirst()
                .orElseThrow();
    }
}
