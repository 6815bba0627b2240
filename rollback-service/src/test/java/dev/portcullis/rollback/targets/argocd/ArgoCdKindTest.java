package dev.portcullis.rollback.targets.argocd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.rollback.plan.TargetSettings;
import dev.portcullis.rollback.targets.TargetPolicy;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ArgoCdKindTest {
    private final Faults faults = new Faults();

    private TargetSettings read(String section) {
        return TargetPolicy.read(new ArgoCdKind(), section, faults);
    }

    @Test
    void theServiceIsTheApplicationInArgoCdsNamespaceAndAutoSyncForbids() {
        assertEquals(
                new TargetSettings(
                        "argo-cd",
                        "application default/argocd/checkout",
                        Map.of(
                                "cluster",
                                "default",
                                "namespace",
                                "argocd",
                                "application",
                                "checkout",
                                "autoSync",
                                "refuse",
                                "prune",
                                "false")),
                read("{}"));
        assertEquals(
                new TargetSettings(
                        "argo-cd",
                        "application hub/teams/shop",
                        Map.of(
                                "cluster",
                                "hub",
                                "namespace",
                                "teams",
                                "application",
                                "shop",
                                "autoSync",
                                "switch-off",
                                "prune",
                                "true")),
                read("{cluster: hub, namespace: teams, application: shop, autoSync: switch-off, prune: true}"));
        assertEquals("[]", faults.list().toString());
    }

    @Test
    void anyOtherWordForAutoSyncIsAFault() {
        read("{autoSync: off}");
        assertTrue(
                faults.list().toString().contains("refuse, switch-off"),
                faults.list().toString());
    }
}
