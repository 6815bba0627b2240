package dev.portcullis.analysis.source.prometheus;

import dev.portcullis.analysis.metric.Sample;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the series of one answer as they stream by. Names and values that labels have in common are kept once. Not thread-safe. */
final class RangeSeriesReader {
    private final JsonStream json;
    private final PointReader point;
    private final Map<String, String> words = new HashMap<>();
    private final Map<String, String> labels = new HashMap<>();
    /** By the moment asked for; without labels, which may come after them. */
    private final SortedMap<Instant, Sample> points = new TreeMap<>();

    private Map<String, String> kept = Map.of();
    private boolean hasLabels;
    private boolean lacksValue;
    private boolean contradicts;

    RangeSeriesReader(JsonStream json) {
        this.json = json;
        this.point = new PointReader(json);
    }

    /** The series where the stream is. */
    RangeSeries series() throws IOException, QueryFailureException {
        readMembers();
        points.replaceAll((moment, sample) -> sample.labelled(kept));
        return new RangeSeries(kept, points);
    }

    /** The same of an instant query: its one point. */
    Sample sample() throws IOException, QueryFailureException {
        readMembers();
        return points.firstEntry().getValue().labelled(kept);
    }

    /** The labels of the series read last. */
    Map<String, String> labels() {
        return kept;
    }

    private void readMembers() throws IOException, QueryFailureException {
        labels.clear();
        points.clear();
        hasLabels = false;
        lacksValue = false;
        contradicts = false;
        json.members(this::member);
        // A point that is none must not look like a series that was away for a moment.
        if (!hasLabels || points.isEmpty() || lacksValue) {
            throw new QueryFailureException(
                    QueryFailure.AWAY, "a series without a value: " + OneLine.of(labels.toString()));
        }
        if (contradicts) {
            throw new QueryFailureException(
                    QueryFailure.AWAY, "a series with two values for one moment: " + OneLine.of(labels.toString()));
        }
        kept = Map.copyOf(labels);
    }

    private void member(String name) throws IOException, QueryFailureException {
        switch (name) {
            case "metric" -> hasLabels = json.members(label -> labels.put(shared(label), shared(json.text())));
            case "value", "histogram" -> readPoint();
            case "values", "histograms" -> json.items(this::readPoint);
            default -> json.skip();
        }
    }

    private void readPoint() throws IOException, QueryFailureException {
        if (!point.read()) {
            lacksValue = true;
            return;
        }
        Sample sample = point.sample(Map.of());
        Sample other = points.putIfAbsent(point.moment(), sample);
        contradicts |= other != null && !other.equals(sample);
    }

    private String shared(String word) {
        return words.computeIfAbsent(word, same -> same);
    }
}
