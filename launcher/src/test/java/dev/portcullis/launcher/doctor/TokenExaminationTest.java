package dev.portcullis.launcher.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor warns of tokens before they expire. */
final class TokenExaminationTest {
    @TempDir
    private Path folder;

    private List<CheckResult> at(String now) {
        var environment = Environment.read(Map.of(), folder, folder.resolve("data"));
        return new TokenExamination(() -> Instant.parse(now)).outcomes(environment);
    }

    @Test
    void aTokenThatExpiresWithinTwoWeeksIsAWarning() throws IOException {
        assertEquals(List.of(), at("2026-11-30T00:00:00Z"));
        Files.writeString(folder.resolve("access.yaml"), """
                apiVersion: portcullis.dev/v1
                kind: Access
                metadata: {name: access}
                spec:
                  tokens:
                  - {name: argo, sha256: %s, roles: [deployer], services: ['*'], expires: 2026-12-31}
                """.formatted("a".repeat(64)));
        assertEquals(CheckResult.State.OK, at("2026-12-18T00:00:00Z").getFirst().state());
        var warning = at("2026-12-18T00:00:01Z").getFirst();
        assertEquals(CheckResult.State.WARNING, warning.state());
        assertTrue(warning.what().contains("'argo' expires at 2027-01-01T00:00:00Z"), warning.what());
        assertTrue(at("2027-01-02T00:00:00Z").getFirst().what().contains("has expired"));
    }
}
