package dev.portcullis.analysis.source.prometheus;

import dev.portcullis.analysis.metric.Sample;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Reads the points of series: pairs of a time and a value, or of a time and a native histogram. What it tells is of the point read last. Not thread-safe. */
final class PointReader {
    private static final double MILLIS = 1000;

    private final JsonStream json;
    private final List<Sample.Bucket> buckets = new ArrayList<>();
    private OptionalDouble time = OptionalDouble.empty();
    private @Nullable String text;
    private double value;
    private boolean isHistogram;
    private int place;

    PointReader(JsonStream json) {
        this.json = json;
    }

    /** Goes through the point where the stream is; false when it is no such pair. */
    boolean read() throws IOException, QueryFailureException {
        time = OptionalDouble.empty();
        text = null;
        place = 0;
        json.items(this::readItem);
        if (time.isEmpty() || text == null) {
            return false;
        }
        value = number(text);
        return true;
    }

    /** The moment it is of, to the millisecond; the sample itself may be older. */
    Instant moment() {
        return Instant.ofEpochMilli(Math.round(time.orElseThrow() * MILLIS));
    }

    /** The value as the server gave it, of a series with these labels. */
    Sample sample(Map<String, String> labels) {
        return new Sample(labels, value, isHistogram ? buckets : null);
    }

    private void readItem() throws IOException, QueryFailureException {
        switch (place++) {
            case 0 -> time = json.number();
            case 1 -> readValue();
            default -> json.skip();
        }
    }

    private void readValue() throws IOException, QueryFailureException {
        isHistogram = json.isObject();
        if (isHistogram) {
            buckets.clear();
            text = "";
            json.members(this::readHistogram);
        } else if (json.isText()) {
            text = json.text();
        } else {
            json.skip();
        }
    }

    /** Its count, and of each bucket a rule of inclusion, the lower bound, the upper bound and the count. */
    private void readHistogram(String name) throws IOException, QueryFailureException {
        switch (name) {
            case "count" -> text = json.text();
            case "buckets" -> json.items(this::readBucket);
            default -> json.skip();
        }
    }

    private void readBucket() throws IOException, QueryFailureException {
        List<String> fields = new ArrayList<>(4);
        json.items(() -> fields.add(json.text()));
        if (fields.size() != 4) {
            throw new QueryFailureException(
                    QueryFailure.AWAY,
                    "the bucket " + OneLine.of(fields.toString())
                            + ", expected a number for its rule, each bound and its count");
        }
        buckets.add(new Sample.Bucket(number(fields.get(1)), number(fields.get(2)), number(fields.get(3))));
    }

    private static double number(String text) throws QueryFailureException {
        try {
            return switch (text) {
                case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
                case "-Inf" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(text);
            };
        } catch (NumberFormatException e) {
            throw new QueryFailureException(
                    QueryFailure.AWAY, "the value '" + OneLine.of(text) + "', expected a number");
        }
    }
}
