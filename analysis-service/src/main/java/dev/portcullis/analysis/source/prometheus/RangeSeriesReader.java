package dev.portcullis.analysis.source.prometheus;

import dev.portcullis.analysis.metric.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the series of one answer as they stream by. Names and values that labels have in common are kept once. Not thread-safe. */
final class RangeSeriesReader {
    private final JsonStream json;
    private final PointReader point;
    private final Map<String, String> words = new HashMap<>();
    private final Map<String, String> labels = new HashMap<>();
    private final List<RangeSeries.Point> points = new ArrayList<>();
    private Map<String, String> kept = Map.of();
    private boolean hasLabels;
    private boolean lacksValue;

    RangeSeriesReader(JsonStream json) {
        this.json = json;
        this.point = new PointReader(json);
    }

    /** The series where the stream is. */
    RangeSeries series() throws IOException, QueryFailureException {
        readMembers();
        // A series that went over to native histograms has them in a list of their own.
        points.sort(Comparator.comparing(RangeSeries.Point::at));
        return new RangeSeries(kept, points);
    }

    /** The same of an instant query: its one point. */
    Sample sample() throws IOException, QueryFailureException {
        readMembers();
        return new Sample(kept, points.getFirst().value(), points.getFirst().buckets());
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
        json.members(this::member);
        // A point that is none must not look like a series that was away for a moment.
        if (!hasLabels || points.isEmpty() || lacksValue) {
            throw new QueryFailureException(
                    QueryFailure.AWAY, "a series without a value: " + OneLine.of(labels.toString()));
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
        point.read().ifPresentOrElse(points::add, () -> lacksValue = true);
    }

    private String shared(String word) {
        return words.computeIfAbsent(word, same -> same);
    }
}
