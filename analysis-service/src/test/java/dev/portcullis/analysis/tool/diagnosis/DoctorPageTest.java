package dev.portcullis.analysis.tool.diagnosis;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/doctor.md against the code. */
class DoctorPageTest {
    @ParameterizedTest
    @EnumSource
    void everyFindingStandsOnThePageWithItsSeverity(FindingKind kind) throws IOException {
        List<String> rows = Files.readAllLines(Path.of("../docs/doctor.md")).stream()
                .filter(line -> line.startsWith("| `" + kind + "`"))
                .toList();
        String word =
                switch (kind.severity()) {
                    case FAULT -> " |";
                    case WARNING -> kind == FindingKind.TOO_MANY_SERIES ? " |" : " (warning) |";
                    case NOTE -> " (note) |";
                };
        assertTrue(rows.size() == 1 && rows.getFirst().startsWith("| `" + kind + "`" + word), kind + ": " + rows);
    }
}
