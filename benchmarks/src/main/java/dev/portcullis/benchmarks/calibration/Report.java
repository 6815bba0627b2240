package dev.portcullis.benchmarks.calibration;

import dev.portcullis.benchmarks.calibration.figure.Agreement;
import dev.portcullis.benchmarks.calibration.figure.ExpectedFigure;
import dev.portcullis.benchmarks.calibration.figure.Key;
import dev.portcullis.benchmarks.calibration.section.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All that a simulation found, as the page shows it.
 *
 * @param results of the sections
 * @param expected figures of the independent implementation
 */
record Report(Results results, Map<Key, ExpectedFigure> expected) {
    /** Every table under its name. */
    String text() {
        return tables().entrySet().stream()
                .map(each -> each.getKey() + "\n\n" + each.getValue() + "\n")
                .collect(Collectors.joining("\n"));
    }

    /** Writes the tables into a page, and the plots into a folder beside it that has the page's name. */
    void write(Path page, long seed) throws IOException {
        var figures = new LinkedHashMap<>(tables());
        figures.put("seed", "Seed " + seed + ".");
        new Document(page).write(figures);
        var folder = page.resolveSibling(page.getFileName().toString().replace(".md", ""));
        Files.createDirectories(folder);
        for (var plot : results.plots().entrySet()) {
            Files.writeString(folder.resolve(plot.getKey()), plot.getValue());
        }
    }

    private Map<String, String> tables() {
        var agreement = new Agreement(results.figures(), expected);
        var tables = new LinkedHashMap<>(results.tables());
        tables.put("claims", results.claims().summary().toString());
        tables.put("agreement", agreement.summary().toString());
        tables.put(
                "differences",
                Optional.of(agreement.differences())
                        .filter(table -> !table.isEmpty())
                        .map(Object::toString)
                        .orElse("None."));
        return tables;
    }
}
