package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.configuration.ConfigurationFolder;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.testing.Page;
import dev.portcullis.proto.rollback.v1.ErrorReason;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.rollback.Wiring;
import dev.portcullis.rollback.plan.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/rollbacks.md} against what it describes. */
final class RollbacksPageTest {
    private static final Page PAGE = Page.of("docs/rollbacks.md");
    private static final Set<ErrorReason> NEVER_SENT =
            Set.of(ErrorReason.UNRECOGNIZED, ErrorReason.ERROR_REASON_UNSPECIFIED, ErrorReason.REQUEST_ID_REUSED);

    @TempDir
    Path folder;

    @Test
    void everyReasonOfARefusalIsThereWithWhatToDo() {
        var missing = Stream.of(ErrorReason.values())
                .filter(reason -> !NEVER_SENT.contains(reason))
                .filter(reason -> !Pattern.compile("^\\| `" + reason + "`.* \\| .+ \\|$", Pattern.MULTILINE)
                        .matcher(PAGE.text())
                        .find())
                .toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void everyStateIsThere() {
        for (var state : Rollback.State.values()) {
            if (state != Rollback.State.UNRECOGNIZED && state != Rollback.State.STATE_UNSPECIFIED) {
                assertTrue(PAGE.text().contains("\n| " + state + " | "), state::name);
            }
        }
    }

    @Test
    void theExampleWithStagingIsRead() throws IOException {
        var example = PAGE.block("yaml", "staging:");
        Files.writeString(folder.resolve("checkout.yaml"), """
                apiVersion: portcullis.dev/v1
                kind: ReleasePolicy
                metadata: {name: checkout}
                spec:
                  service: checkout
                  preset: istio
                """ + example.indent(2));
        var faults = new Faults();
        var plans = Wiring.targetKinds().parse(new ConfigurationFolder(folder).read(faults), faults);
        assertEquals(List.of(), faults.list());
        assertEquals(
                "webhook", plans.planOf("checkout", Mode.LIVE).orElseThrow().targets());
        assertEquals(
                "webhook", plans.planOf("checkout", Mode.STAGING).orElseThrow().targets());
    }
}
