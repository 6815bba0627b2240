package dev.portcullis.benchmarks.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.benchmarks.calibration.figure.IndependentFigures;
import dev.portcullis.benchmarks.calibration.section.Results;
import dev.portcullis.benchmarks.calibration.simulation.ExperimentRunner;
import dev.portcullis.benchmarks.calibration.simulation.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationTest {
    private static final Path PAGE = Path.of("../docs/calibration.md");

    @TempDir
    Path folder;

    @Test
    void thePageHasAPlaceForEveryTableAndIsTheSameWhateverTheThreads() throws IOException {
        var first = written("first.md", 1);
        var second = written("second.md", 3);
        assertEquals(first, second);
        assertTrue(Files.size(folder.resolve("first/clumped-errors.svg")) > 1000);
    }

    @Test
    void everyIndependentFigureIsSimulated() throws IOException {
        var simulated = simulated(1).figures();
        IndependentFigures.read()
                .keySet()
                .forEach(key -> assertTrue(simulated.containsKey(key), key + " is not simulated"));
    }

    @Test
    void onlyWhatIsBetweenTheMarksIsReplaced() throws IOException {
        var page = folder.resolve("page.md");
        Files.writeString(page, "Before.\n<!-- figures: a -->\nold\n<!-- end of figures -->\nAfter.\n");
        new Document(page).write(Map.of("a", "new"));
        assertEquals("Before.\n<!-- figures: a -->\nnew\n<!-- end of figures -->\nAfter.\n", Files.readString(page));
    }

    @Test
    void aMissingPlaceIsNamed() throws IOException {
        var page = folder.resolve("page.md");
        Files.writeString(page, "Nothing here.");
        var fault = assertThrows(IllegalArgumentException.class, () -> new Document(page).write(Map.of("T4", "table")));
        assertTrue(fault.getMessage().contains("<!-- figures: T4 -->"), fault.getMessage());
    }

    private String written(String name, int threads) throws IOException {
        var page = folder.resolve(name);
        Files.copy(PAGE, page);
        new Report(simulated(threads), IndependentFigures.read()).write(page, 1);
        return Files.readString(page);
    }

    private static Results simulated(int threads) {
        var silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var results = new Results();
        try (var runner = new ExperimentRunner(1, 2, threads, new Progress(silent, () -> Instant.EPOCH))) {
            Calibration.sections().forEach(section -> section.run(runner, results));
        }
        return results;
    }
}
