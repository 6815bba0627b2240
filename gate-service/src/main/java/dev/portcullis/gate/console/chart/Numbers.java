package dev.portcullis.gate.console.chart;

import java.util.List;

/**
 * What a chart shows, as a table.
 *
 * @param header one text for each column
 * @param rows each with as many texts
 */
public record Numbers(List<String> header, List<List<String>> rows) {
    /** Keeps its own copy. */
    public Numbers {
        header = List.copyOf(header);
        rows = rows.stream().map(List::copyOf).toList();
    }
}
