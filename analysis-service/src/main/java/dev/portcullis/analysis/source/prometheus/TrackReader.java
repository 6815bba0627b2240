package dev.portcullis.analysis.source.prometheus;

import dev.portcullis.analysis.metric.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the series of one answer as they stream by. Names and values that labels have in common are kept once. Not thread-safe. */
final class TrackReader {
    private final JsonStream json;
    private final PointReader point;
    private final Map<String, String> words = new HashMap<>();
    private final Map<String, String> labels = new HashMap<>();
    private final List<Track.Point> points = new ArrayList<>();
    private Map<String, String> kept = Map.of();
    private boolean hasLabels;
    private boolean lacksValue;

    TrackReader(JsonStream json) {
        this.json = json;
        this.point = new PointReader(json);
    }

    /** The series where the stream is. */
    Track track() throws IOException, RefusedException {
        readMembers();
        // A series that went over to native histograms has them in a list of their own.
        points.sort(Comparator.comparing(Track.Point::at));
        return new Track(kept, points);
    }

    /** The same of an instant query: its one point. */
    Sample sample() throws IOException, RefusedException {
        readMembers();
        return new Sample(kept, points.getFirst().value(), points.getFirst().buckets());
    }

    /** The labels of the series read last. */
    Map<String, String> labels() {
        return kept;
    }

    private void readMembers() throws IOException, RefusedException {
        labels.clear();
        points.clear();
        hasLabels = false;
        lacksValue = false;
        json.members(this::member);
        // A point that is none must not look like a series that was away for a moment.
        if (!hasLabels || points.isEmpty() || lacksValue) {
            throw new RefusedException(Fault.AWAY, "a series without a value: " + OneLine.of(labels.toString()));
        }
        kept = Map.copyOf(labels);
    }

    private void member(String name) throws IOException, RefusedException {
        switch (name) {
            case "metric" -> hasLabels = json.members(label -> labels.put(shared(label), shared(json.text())));
            case "value", "histogram" -> readPoint();
            case "values", "histograms" -> json.items(this::readPoint);
            default -> json.skip();
        }
    }

    private void readPoint() throws IOException, RefusedException {
        point.read().ifPresentOrElse(points::add, () -> lacksValue = true);
    }

    private String shared(String word) {
        return words.computeIfAbsent(word, same -> same);
    }
}
