package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.benchmarks.calibration.figure.Figure;
import dev.portcullis.benchmarks.calibration.figure.Key;
import dev.portcullis.benchmarks.calibration.plot.Plot;
import dev.portcullis.benchmarks.report.MarkdownTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the sections found. Not thread-safe. */
public final class Results {
    private final Map<String, String> tables = new LinkedHashMap<>();
    private final Map<String, String> plots = new LinkedHashMap<>();
    private final Map<Key, Figure> figures = new LinkedHashMap<>();
    private final List<Claim> claims = new ArrayList<>();

    /** A table, for the place of this name in the document. */
    void table(String name, int runs, MarkdownTable table) {
        tables.put(name, String.format(Locale.ROOT, "%,d runs of each.\n\n%s", runs, table));
    }

    void plot(String file, Plot plot) {
        plots.put(file, plot.svg());
    }

    /** Keeps a figure for the comparison with the independent implementation. */
    <F extends Figure> F figure(String table, String row, String name, F figure) {
        figures.put(new Key(table, row, name), figure);
        return figure;
    }

    void claim(Claim claim) {
        claims.add(claim);
    }

    /** Markdown by name. */
    public Map<String, String> tables() {
        return Collections.unmodifiableMap(tables);
    }

    /** SVG by file name. */
    public Map<String, String> plots() {
        return Collections.unmodifiableMap(plots);
    }

    /** All figures that the independent implementation may have, too. */
    public Map<Key, Figure> figures() {
        return Collections.unmodifiableMap(figures);
    }

    /** What is guaranteed, and what was found. */
    public Claims claims() {
        return new Claims(List.copyOf(claims));
    }
}
