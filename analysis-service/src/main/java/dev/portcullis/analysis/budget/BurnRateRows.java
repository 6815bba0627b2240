package dev.portcullis.analysis.budget;

import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The conditions under which somebody is told that a budget burns; a severity speaks when any of its rows is met.
 *
 * @param rows at least one
 */
public record BurnRateRows(List<BurnRateRow> rows) implements BurnRateChoice {
    public BurnRateRows {
        rows = List.copyOf(rows);
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("there is no row, so no alert would ever fire");
        }
    }

    /** The same rows for every period. */
    @Override
    public BurnRateRows forPeriod(Duration period) {
        return this;
    }

    @Override
    public Duration shortestPeriod() {
        return windows().last();
    }

    /** The rows of one severity, in order; may be none. */
    public List<BurnRateRow> of(AlertSeverity severity) {
        return rows.stream().filter(row -> row.severity() == severity).toList();
    }

    /** How long rows of a severity have to hold, shortest first; each once. */
    public SortedSet<Duration> holds(AlertSeverity severity) {
        return of(severity).stream().map(BurnRateRow::hold).collect(Collectors.toCollection(TreeSet::new));
    }

    /** All windows, long and short, shortest first. */
    public SortedSet<Duration> windows() {
        SortedSet<Duration> windows = new TreeSet<>();
        for (BurnRateRow row : rows) {
            windows.add(row.longWindow());
            windows.add(row.shortWindow());
        }
        return windows;
    }

    /** The shortest of the long windows: the present a projection goes on from, without the noise of a few minutes. */
    public Duration projectionWindow() {
        return rows.stream()
                .map(BurnRateRow::longWindow)
                .min(Duration::compareTo)
                .orElseThrow();
    }

    /**
     * Whether a severity speaks, or will when it goes on like this for as long as its row has to hold.
     *
     * @param burn the burn over a window; NaN when it was not measured
     */
    public boolean speaks(AlertSeverity severity, ToDoubleFunction<Duration> burn) {
        return of(severity).stream()
                .anyMatch(
                        row -> row.isMet(burn.applyAsDouble(row.longWindow()), burn.applyAsDouble(row.shortWindow())));
    }
}
