package dev.portcullis.analysis.source.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.portcullis.analysis.inspection.InspectionException;
import dev.portcullis.analysis.inspection.InspectionFailure;
import dev.portcullis.analysis.inspection.MetricType;
import dev.portcullis.analysis.inspection.SelectedSeries;
import dev.portcullis.analysis.inspection.SeriesHistory;
import dev.portcullis.analysis.inspection.SourceSnapshot;
import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.query.LabelMatcher;
import dev.portcullis.analysis.query.Selector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a Prometheus had at one moment. It may use increase() and resets(), which an analysis may not: nothing is decided by their estimates.
 *
 * @param moment for which it is asked
 */
record PrometheusSnapshot(PrometheusClient client, Instant moment) implements SourceSnapshot {
    private static final List<String> SUFFIXES = List.of("_bucket", "_count", "_sum", "_total");

    /** In so many steps the past is looked through for its first sample. */
    private static final int STEPS = 120;

    /** A shorter time shows no rate. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    @Override
    public SelectedSeries inspect(Selector selector) {
        String query = text(selector);
        long count = (long) number("count(" + query + ")").orElse(0.0).doubleValue();
        if (count == 0) {
            return SelectedSeries.EMPTY;
        }
        String bounded = count <= SelectedSeries.MOST ? query : "topk(" + SelectedSeries.MOST + ", " + query + ")";
        return SelectedSeries.at(moment, vector(bounded), count);
    }

    @Override
    public Optional<SeriesHistory> history(Selector selector, String armLabel, Duration time) {
        String range = text(selector) + "[" + time.toSeconds() + "s]";
        // With a NaN among the samples of a version its increase is one itself: then nothing is known of its past.
        Map<String, Double> increases = new HashMap<>();
        estimates("sum by (" + LabelMatcher.name(armLabel) + ") (increase(" + range + "))").stream()
                .filter(more -> more.value() >= 0 && more.value() < Double.POSITIVE_INFINITY)
                .forEach(more -> increases.put(more.labels().getOrDefault(armLabel, ""), more.value()));
        if (increases.isEmpty()) {
            return Optional.empty();
        }
        increases.remove("");
        Optional<Sample> falls =
                estimates("topk(1, resets(" + range + "))").stream().findFirst();
        return Optional.of(new SeriesHistory(
                reach(selector, time),
                increases,
                falls.map(Sample::value).orElse(0.0),
                falls.map(Sample::labels).orElse(Map.of())));
    }

    /** How long ago the first sample in some time is; all of that time where the server does not tell. */
    private Duration reach(Selector selector, Duration time) {
        Duration step = time.dividedBy(STEPS);
        return first(selector, time, step)
                .or(() -> first(selector, step, SHORTEST))
                .filter(ago -> ago.compareTo(time) < 0)
                .orElse(time);
    }

    /** The same, looked for in steps; empty where none falls on a sample. */
    private Optional<Duration> first(Selector selector, Duration time, Duration step) {
        String steps = "[" + time.toSeconds() + "s:" + step.toSeconds() + "s]";
        return estimates("min(min_over_time(timestamp(" + text(selector) + ")" + steps + "))").stream()
                .map(Sample::value)
                .filter(Double::isFinite)
                .map(seconds -> Duration.between(Instant.ofEpochMilli(Math.round(seconds * 1000)), moment))
                .map(ago -> ago.compareTo(SHORTEST) < 0 ? SHORTEST : ago)
                .findFirst();
    }

    /** Nothing when it cannot be had for this query, as for one that selects several metrics, or is too much for the server. */
    private List<Sample> estimates(String query) {
        try {
            return client.instant(query, moment, PrometheusInspection.DEADLINE);
        } catch (QueryFailureException e) {
            return List.of();
        }
    }

    /** A selector of anything has to be written in a way that is legal. */
    private static String text(Selector selector) {
        String query = selector.render();
        return query.isEmpty() ? "{__name__!=\"\"}" : query;
    }

    private Optional<Double> number(String query) {
        return vector(query).stream().map(Sample::value).findFirst();
    }

    private List<Sample> vector(String query) {
        try {
            return client.instant(query, moment, PrometheusInspection.DEADLINE);
        } catch (QueryFailureException e) {
            throw new InspectionException(
                    e.failure() == QueryFailure.LIMIT ? InspectionFailure.TOO_MANY_SERIES : InspectionFailure.FAILS,
                    client.url() + ": " + e.reason());
        }
    }

    /** Prometheus files the types under the name in the exposition, which of a histogram has no ending and of a counter perhaps. */
    @Override
    public MetricType type(String metric) {
        List<String> names = new ArrayList<>(List.of(metric));
        SUFFIXES.stream()
                .filter(metric::endsWith)
                .forEach(suffix -> names.add(metric.substring(0, metric.length() - suffix.length())));
        return names.stream()
                .map(name -> data("/api/v1/metadata", Map.of("metric", name))
                        .path(name)
                        .path(0))
                .map(entry -> MetricType.ofWord(entry.path("type").asText()))
                .filter(type -> type != MetricType.UNKNOWN)
                .findFirst()
                .orElse(MetricType.UNKNOWN);
    }

    @Override
    public SortedSet<String> metrics() {
        SortedSet<String> names = new TreeSet<>();
        data("/api/v1/label/__name__/values", Map.of()).forEach(name -> names.add(name.asText()));
        return names;
    }

    /** Empty where the server, which need not be a Prometheus, has no such path. */
    private JsonNode data(String path, Map<String, String> parameters) {
        try {
            return client.get(path, parameters, PrometheusInspection.DEADLINE);
        } catch (QueryFailureException e) {
            return MissingNode.getInstance();
        }
    }
}
