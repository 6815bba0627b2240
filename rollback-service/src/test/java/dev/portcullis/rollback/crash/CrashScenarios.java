package dev.portcullis.rollback.crash;

import dev.portcullis.rollback.targets.RollbackTargetContract;
import dev.portcullis.rollback.targets.argocd.ArgoCdContractIT;
import dev.portcullis.rollback.targets.argorollouts.AbortBlueGreenContractIT;
import dev.portcullis.rollback.targets.argorollouts.AbortContractIT;
import dev.portcullis.rollback.targets.argorollouts.AbortPausedContractIT;
import dev.portcullis.rollback.targets.argorollouts.AbortRoutedContractIT;
import dev.portcullis.rollback.targets.argorollouts.UndoBlueGreenContractIT;
import dev.portcullis.rollback.targets.argorollouts.UndoContractIT;
import dev.portcullis.rollback.targets.argorollouts.UndoPausedContractIT;
import dev.portcullis.rollback.targets.argorollouts.UndoRoutedContractIT;
import dev.portcullis.rollback.targets.argorollouts.UndoWorkloadRefContractIT;
import dev.portcullis.rollback.targets.deployment.DeploymentContractIT;
import dev.portcullis.rollback.targets.deployment.PausedDeploymentContractIT;
import dev.portcullis.rollback.targets.featureflag.FlagdHttpIT;
import dev.portcullis.rollback.targets.featureflag.LaunchDarklyIT;
import dev.portcullis.rollback.targets.gatewayapi.GatewayApiTargetIT;
import dev.portcullis.rollback.targets.istio.IstioHostIT;
import dev.portcullis.rollback.targets.istio.IstioSubsetIT;
import dev.portcullis.rollback.targets.nginx.NginxTargetIT;
import dev.portcullis.rollback.targets.webhook.WebhookTargetIT;
import java.util.List;

/** Every kind of rollback over HTTP there is. */
final class CrashScenarios {
    private static final String ROLLOUT =
            "target: argo-rollouts, cluster: ${cluster}, namespace: shop, rollout: checkout";
    private static final String DEPLOYMENT =
            "target: deployment, cluster: ${cluster}, namespace: shop, deployment: checkout";
    private static final String ARGO_CD = "target: argo-cd, cluster: ${cluster}, application: checkout";
    private static final String ISTIO = "target: istio, cluster: ${cluster}, namespace: shop, virtualService: checkout";

    static final List<CrashScenario> ALL = List.of(
            new CrashScenario(
                    new WebhookTargetIT(),
                    "target: webhook, url: '${address}/return', readBack: '${address}/where', timeout: 1m"),
            new CrashScenario(
                    new LaunchDarklyIT(),
                    "target: feature-flag, provider: launchdarkly, project: shop, environment: production,"
                            + " flag: new-checkout, address: '${address}', tokenFile: '${token}', timeout: 1m"),
            new CrashScenario(
                    new FlagdHttpIT(),
                    "target: feature-flag, provider: flagd-http, url: '${address}/flags.json', flag: new-checkout, timeout: 1m"),
            new CrashScenario(new IstioSubsetIT(), ISTIO),
            new CrashScenario(
                    new IstioHostIT(),
                    ISTIO + ", apiVersion: v1, stableHost: checkout-primary, canaryHost: checkout-canary"),
            new CrashScenario(
                    new GatewayApiTargetIT(),
                    "target: gateway-api, cluster: ${cluster}, namespace: shop, httpRoute: checkout,"
                            + " stableService: checkout-stable, canaryService: checkout-canary"),
            new CrashScenario(
                    new NginxTargetIT(), "target: nginx, cluster: ${cluster}, namespace: shop, ingress: checkout"),
            new CrashScenario(new ArgoCdContractIT().new SyncedByHand(), ARGO_CD),
            new CrashScenario(new ArgoCdContractIT().new WithAutoSyncToSwitchOff(), ARGO_CD + ", autoSync: switch-off"),
            new CrashScenario(new ArgoCdContractIT().new OfSeveralSources(), ARGO_CD),
            new CrashScenario(new AbortContractIT(), ROLLOUT),
            new CrashScenario(new AbortPausedContractIT(), ROLLOUT),
            new CrashScenario(new AbortRoutedContractIT(), ROLLOUT),
            new CrashScenario(new AbortBlueGreenContractIT(), ROLLOUT),
            new CrashScenario(new UndoContractIT(), ROLLOUT),
            new CrashScenario(new UndoPausedContractIT(), ROLLOUT),
            new CrashScenario(new UndoRoutedContractIT(), ROLLOUT),
            new CrashScenario(new UndoBlueGreenContractIT(), ROLLOUT),
            new CrashScenario(new UndoWorkloadRefContractIT(), ROLLOUT),
            new CrashScenario(new DeploymentContractIT(), DEPLOYMENT),
            new CrashScenario(new PausedDeploymentContractIT(), DEPLOYMENT));

    private CrashScenarios() {}

    /** The scenario whose worlds that test opens. */
    static CrashScenario of(Class<? extends RollbackTargetContract> contract) {
        return ALL.stream()
                .filter(scenario -> scenario.contract().getClass().equals(contract))
                .findFirst()
                .orElseThrow();
    }
}
