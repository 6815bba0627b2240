package dev.portcullis.analysis.tool.diagnosis;

import dev.portcullis.analysis.inspection.SeriesHistory;
import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.metric.SeriesText;
import dev.portcullis.kit.text.DurationText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Values that fall, as those of a counter do only when its process is restarted. */
final class CounterResetCheck {
    /** A counter that was restarted begins at 0; what is still above this share of its value has only become less. */
    private static final double RESTARTED = 0.5;

    /** A process that is restarted more often than this in an hour has other troubles. */
    private static final double MOST_RESTARTS = 12;

    private CounterResetCheck() {}

    /** What a history shows. */
    static Optional<Finding> in(Query query, SeriesHistory history) {
        if (history.falls() <= MOST_RESTARTS) {
            return Optional.empty();
        }
        String what = "a series of " + query.metric() + " fell " + FindingFormat.count(Math.rint(history.falls()))
                + " times in the last " + DurationText.rounded(history.time());
        return Optional.of(
                CounterTypeCheck.isNamedAsCounter(query.metric())
                        ? several(query, what + ": " + SeriesText.of(history.fellMost()))
                        : noCounter(query, what));
    }

    /** What several looks one soon after the other show: a value that fell and came back, or fell again. */
    static Optional<Finding> among(Query query, List<List<Sample>> looks) {
        Map<Map<String, String>, List<Double>> values = new LinkedHashMap<>();
        looks.forEach(look -> look.forEach(sample ->
                values.computeIfAbsent(sample.labels(), s -> new ArrayList<>()).add(sample.value())));
        return values.entrySet().stream()
                .filter(series -> alternates(series.getValue()))
                .findFirst()
                .map(series -> several(
                        query,
                        SeriesText.of(series.getKey()) + " was "
                                + series.getValue().stream()
                                        .map(FindingFormat::count)
                                        .collect(Collectors.joining(", "))
                                + " in consecutive readings"));
    }

    private static boolean alternates(List<Double> values) {
        double highest = Double.NEGATIVE_INFINITY;
        boolean fell = false;
        for (int i = 0; i < values.size(); i++) {
            double value = values.get(i);
            boolean falls = i > 0 && value < values.get(i - 1);
            if (fell && (falls || value >= highest)) {
                return true;
            }
            fell |= falls;
            highest = Math.max(highest, value);
        }
        return false;
    }

    /** What two looks one after the other show. */
    static Optional<Finding> between(Query query, List<Sample> before, List<Sample> after) {
        Map<Map<String, String>, Double> earlier = new HashMap<>();
        before.forEach(sample -> earlier.put(sample.labels(), sample.value()));
        return after.stream()
                .filter(now -> now.value() < earlier.getOrDefault(now.labels(), 0.0)
                        && now.value() > earlier.getOrDefault(now.labels(), 0.0) * RESTARTED)
                .findFirst()
                .map(now -> noCounter(
                        query,
                        "a series of " + query.metric() + " fell from "
                                + FindingFormat.count(earlier.getOrDefault(now.labels(), 0.0)) + " to "
                                + FindingFormat.count(now.value()) + " while it was being observed"));
    }

    private static Finding noCounter(Query query, String what) {
        return query.finding(
                FindingKind.NOT_A_COUNTER,
                what + ", but a counter falls only to 0, and only when its process restarts",
                "select a counter, whose name by convention ends with _total");
    }

    private static Finding several(Query query, String what) {
        return query.finding(
                FindingKind.SEVERAL_PROCESSES,
                what
                        + ": no process restarts like that, so several processes, or several replicas of the source, answer in turn;"
                        + " a release with such a pod is held",
                "let each process be read by itself, give them a shared registry, or ask one replica");
    }
}
