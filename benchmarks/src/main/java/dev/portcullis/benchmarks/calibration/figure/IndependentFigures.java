package dev.portcullis.benchmarks.calibration.figure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What an independent implementation of the same tests found, in simulations of its own. */
public final class IndependentFigures {
    private static final String RESOURCE = "/calibration/independent-implementation.csv";
    private static final int COLUMNS = 5;

    private IndependentFigures() {}

    /** All of them, in the order of their tables. */
    public static Map<Key, ExpectedFigure> read() throws IOException {
        var figures = new LinkedHashMap<Key, ExpectedFigure>();
        try (var in = Objects.requireNonNull(IndependentFigures.class.getResourceAsStream(RESOURCE), RESOURCE);
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines().skip(1).forEach(line -> add(figures, line));
        }
        return Collections.unmodifiableMap(figures);
    }

    private static void add(Map<Key, ExpectedFigure> figures, String line) {
        var cells = line.split(",", -1);
        if (cells.length != COLUMNS) {
            throw new IllegalStateException(RESOURCE + ": \"" + line + "\" has not " + COLUMNS + " columns");
        }
        figures.put(new Key(cells[0], cells[1], cells[2]), new ExpectedFigure(cells[3], Long.parseLong(cells[4])));
    }
}
