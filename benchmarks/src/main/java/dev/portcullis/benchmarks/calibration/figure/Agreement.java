package dev.portcullis.benchmarks.calibration.figure;

import dev.portcullis.benchmarks.report.MarkdownTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The comparison of simulated figures with those of an independent implementation.
 *
 * @param simulated figures of this run
 * @param expected those of the other
 */
public record Agreement(Map<Key, Figure> simulated, Map<Key, ExpectedFigure> expected) {
    /** Standard errors of the difference beyond which two figures are called different: chance does that once in two thousand figures. */
    private static final double DIFFERENT = 3.5;

    /** Chance alone exceeds this once in twenty figures; a comparison in which it never happened would be too lenient. */
    private static final double USUAL = 2;

    /** Per table, how many figures agree. */
    public MarkdownTable summary() {
        var table = new MarkdownTable(
                List.of("table", "figures", "within 2 standard errors", "within 3.5", "beyond", "not simulated"));
        var byTable = expected.keySet().stream()
                .collect(Collectors.groupingBy(Key::table, LinkedHashMap::new, Collectors.toList()));
        byTable.forEach((name, keys) -> table.add(List.of(
                name,
                "" + keys.size(),
                count(keys, key -> agrees(key, USUAL)),
                count(keys, key -> agrees(key, DIFFERENT)),
                count(keys, key -> simulated.containsKey(key) && !agrees(key, DIFFERENT)),
                count(keys, key -> !simulated.containsKey(key)))));
        return table;
    }

    /** The figures that differ. */
    public MarkdownTable differences() {
        var table = new MarkdownTable(List.of("table", "row", "figure", "here", "there", "runs there"));
        expected.forEach((key, other) -> {
            var figure = simulated.get(key);
            if (figure != null && !figure.agrees(other, DIFFERENT)) {
                table.add(
                        List.of(key.table(), key.row(), key.figure(), figure.text(), other.text(), "" + other.runs()));
            }
        });
        return table;
    }

    private boolean agrees(Key key, double standardErrors) {
        var figure = simulated.get(key);
        var other = expected.get(key);
        return figure != null && other != null && figure.agrees(other, standardErrors);
    }

    private static String count(List<Key> keys, Predicate<Key> counted) {
        return "" + keys.stream().filter(counted).count();
    }
}
