package dev.portcullis.rollback.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Fault;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.rollback.configuration.RollbackPlans;
import dev.portcullis.rollback.configuration.RollbackTargets;
import dev.portcullis.rollback.configuration.TargetKind;
import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.plan.Stage;
import dev.portcullis.rollback.plan.TargetSettings;
import java.util.List;

/** Policies of the service "checkout", as they are written, beside a cluster "mars" that is nowhere. */
public final class TrafficPolicies {
    private static final String HEAD = """
            apiVersion: portcullis.dev/v1
            kind: ReleasePolicy
            metadata: {name: checkout}
            spec:
              service: checkout
              rollback:\s""";
    private static final String MARS = """

            ---
            apiVersion: portcullis.dev/v1
            kind: Cluster
            metadata: {name: mars}
            spec: {kubeconfig: /nowhere/mars}
            """;

    private TrafficPolicies() {}

    /** What the rollback section says; it must be legal. */
    public static TargetSettings settings(TargetKind kind, String rollback) {
        return stage(kind, rollback).target();
    }

    public static Stage stage(TargetKind kind, String rollback) {
        var faults = new Faults();
        var plans = parse(kind, rollback, faults);
        assertEquals(List.of(), faults.list());
        return plans.planOf("checkout", Mode.LIVE).orElseThrow().stages().getFirst();
    }

    /** What is wrong with it, without the place. */
    public static List<String> faults(TargetKind kind, String rollback) {
        var faults = new Faults();
        parse(kind, rollback, faults);
        return faults.list().stream().map(Fault::message).toList();
    }

    private static RollbackPlans parse(TargetKind kind, String rollback, Faults faults) {
        var documents = ConfigurationDocument.ofText("checkout.yaml", HEAD + rollback + MARS, faults);
        return new RollbackTargets(List.of(kind)).parse(documents, faults);
    }
}
