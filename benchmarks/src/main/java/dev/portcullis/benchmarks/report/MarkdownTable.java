package dev.portcullis.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table in Markdown, row by row. Not thread-safe. */
public final class MarkdownTable {
    private final int columns;
    private final List<String> lines = new ArrayList<>();

    /** A table with these heads and no row yet; every column but the first is of figures. */
    public MarkdownTable(List<String> heads) {
        columns = heads.size();
        add(heads);
        lines.add("|---|" + String.join("|", Collections.nCopies(columns - 1, "---:")) + "|");
    }

    /** Adds a row. */
    public void add(List<String> cells) {
        if (cells.size() != columns) {
            throw new IllegalArgumentException(cells + " are " + cells.size() + " cells, the table has " + columns);
        }
        lines.add("| " + String.join(" | ", cells) + " |");
    }

    /** Whether there is no row yet. */
    public boolean isEmpty() {
        return lines.size() == 2;
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
