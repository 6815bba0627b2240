package dev.portcullis.benchmarks.calibration.figure;

import dev.portcullis.benchmarks.report.MarkdownTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The comparison of simulated figures with those of an independent implementation.
 *
 * @param simulated figures of this run
 * @param expected those of the other
 */
public record Agreement(Map<Key, Figure> simulated, Map<Key, Expected> expected) {
    /** Per table, how many figures agree. */
    public MarkdownTable summary() {
        var table = new MarkdownTable(List.of("table", "figures", "agree", "differ", "not simulated"));
        var byTable = expected.keySet().stream()
                .collect(Collectors.groupingBy(Key::table, LinkedHashMap::new, Collectors.toList()));
        byTable.forEach((name, keys) -> {
            var agree = keys.stream().filter(this::agrees).count();
            var missing =
                    keys.stream().filter(key -> !simulated.containsKey(key)).count();
            table.add(List.of(name, "" + keys.size(), "" + agree, "" + (keys.size() - agree - missing), "" + missing));
        });
        return table;
    }

    /** The figures that differ. */
    public MarkdownTable differences() {
        var table = new MarkdownTable(List.of("table", "row", "figure", "here", "there", "runs there"));
        expected.forEach((key, other) -> {
            var figure = simulated.get(key);
            if (figure != null && !figure.agrees(other)) {
                table.add(
                        List.of(key.table(), key.row(), key.figure(), figure.text(), other.text(), "" + other.runs()));
            }
        });
        return table;
    }

    private boolean agrees(Key key) {
        var figure = simulated.get(key);
        var other = expected.get(key);
        return figure != null && other != null && figure.agrees(other);
    }
}
