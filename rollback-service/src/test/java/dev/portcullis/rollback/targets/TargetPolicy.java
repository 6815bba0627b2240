package dev.portcullis.rollback.targets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.rollback.Wiring;
import dev.portcullis.rollback.configuration.TargetKind;
import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.plan.TargetSettings;

/** A release policy of service checkout with a target, as it is read. */
public record TargetPolicy(String yaml) {
    /** One of which only the keys of the target are given. */
    public static TargetPolicy withKeys(String keys) {
        return new TargetPolicy("""
                apiVersion: portcullis.dev/v1
                kind: ReleasePolicy
                metadata: {name: checkout}
                spec:
                  service: checkout
                  rollback: {%s}
                """.formatted(keys));
    }

    /**
     * Reads a section by a kind alone.
     *
     * @param section a mapping in one line
     * @param faults gets what is not legal
     */
    public static TargetSettings read(TargetKind kind, String section, Faults faults) {
        var text = "apiVersion: portcullis.dev/v1\nkind: ReleasePolicy\nmetadata: {name: checkout}\nspec: " + section;
        return kind.read(
                "checkout",
                ConfigurationDocument.ofText("a.yaml", text, faults).getFirst().spec());
    }

    /** The target of the policy, which is legal. */
    public TargetSettings target() {
        var faults = new Faults();
        var settings = read(faults);
        assertEquals("[]", faults.list().toString());
        return settings;
    }

    /** What is not legal about the policy. */
    public String faults() {
        var faults = new Faults();
        read(faults);
        return faults.list().toString();
    }

    private TargetSettings read(Faults faults) {
        var documents = ConfigurationDocument.ofText("policy.yaml", yaml, faults);
        var plan = Wiring.targetKinds().parse(documents, faults).planOf("checkout", Mode.LIVE);
        return plan.orElseThrow().stages().getFirst().target();
    }
}
