package dev.portcullis.analysis.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveObjectivesTest {
    @TempDir
    private Path path;

    private Folder folder;

    @BeforeEach
    void empty() {
        folder = new Folder(path);
    }

    @Test
    void aServiceIsKnownAsSoonAsItsFileIsThere() {
        try (LiveObjectives objectives = open()) {
            assertTrue(objectives.services().isEmpty());
            assertTrue(objectives.find("checkout").isEmpty());
            folder.write("checkout.yaml", Folder.SLO, Folder.POLICY);
            objectives.lookNow();
            assertEquals(List.of("checkout"), List.copyOf(objectives.services()));
            assertEquals("checkout", objectives.find("checkout").orElseThrow().service());
        }
    }

    @Test
    void aFaultyChangeChangesNothing() {
        folder.write("checkout.yaml", Folder.SLO, Folder.POLICY);
        try (LiveObjectives objectives = open()) {
            folder.write("checkout.yaml", Folder.SLO.replace("0.999", "7"), Folder.POLICY);
            objectives.lookNow();
            assertEquals(
                    0.999,
                    objectives
                            .find("checkout")
                            .orElseThrow()
                            .objectives()
                            .getFirst()
                            .target());
        }
    }

    @Test
    void onlySourcesThatChangedAreOpenedAnew() {
        folder.write("sources.yaml", Folder.PODS);
        try (LiveObjectives objectives = open()) {
            var pods = objectives.source("pods").orElseThrow();
            var prometheus = objectives.source("default-prometheus").orElseThrow();
            folder.write("checkout.yaml", Folder.SLO, Folder.POLICY);
            objectives.lookNow();
            assertSame(pods, objectives.source("pods").orElseThrow());

            folder.write("sources.yaml", Folder.PODS.replace("9001", "9002"));
            objectives.lookNow();
            assertNotSame(pods, objectives.source("pods").orElseThrow());
            assertSame(prometheus, objectives.source("default-prometheus").orElseThrow());
            assertFalse(objectives.source("other").isPresent());
        }
    }

    private LiveObjectives open() {
        return LiveObjectives.open(path, Folder.kinds(), Duration.ofHours(1));
    }
}
