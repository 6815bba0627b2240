package dev.portcullis.rollback.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.kit.configuration.ConfigurationFolder;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.rollback.Wiring;
import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.plan.TargetSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The example of a target's page in docs/targets, and what is made of it. */
public record WorkloadPage(String policy) {
    public static WorkloadPage of(String kind) throws IOException {
        var page = Files.readString(Path.of("..", "docs", "targets", kind + ".md"));
        var example = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results();
        return new WorkloadPage(example.findFirst().orElseThrow().group(1));
    }

    /** A policy of which only the keys of the target are given. */
    public static WorkloadPage withKeys(String keys) {
        return new WorkloadPage("""
                apiVersion: portcullis.dev/v1
                kind: ReleasePolicy
                metadata: {name: checkout}
                spec:
                  service: checkout
                  rollback: {%s}
                """.formatted(keys));
    }

    /**
     * The target of the policy, which is legal.
     *
     * @param folder where it may be written
     */
    public TargetSettings target(Path folder) throws IOException {
        var faults = new Faults();
        var settings = read(folder, faults);
        assertEquals("[]", faults.list().toString());
        return settings;
    }

    /** What is not legal about the policy. */
    public String faults(Path folder) throws IOException {
        var faults = new Faults();
        read(folder, faults);
        return faults.list().toString();
    }

    private TargetSettings read(Path folder, Faults faults) throws IOException {
        Files.writeString(folder.resolve("policy.yaml"), policy);
        var plans = Wiring.targetKinds().parse(new ConfigurationFolder(folder).read(faults), faults);
        return plans.planOf("checkout", Mode.LIVE)
                .orElseThrow()
                .stages()
                .getFirst()
                .target();
    }
}
