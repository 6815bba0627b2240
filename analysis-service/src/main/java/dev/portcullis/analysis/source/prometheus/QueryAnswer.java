package dev.portcullis.analysis.source.prometheus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.analysis.metric.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the query API answered. */
sealed interface QueryAnswer {
    /**
     * A result that can be used.
     *
     * @param warnings the server's own doubts, such as a store it could not reach: series may be missing
     */
    record Vector(List<Sample> samples, List<String> warnings) implements QueryAnswer {}

    /** No result that can be used, and why in one line. */
    record Refused(String reason) implements QueryAnswer {}

    ObjectMapper JSON = new ObjectMapper();
    int OK = 200;
    int LONGEST_REASON = 200;

    /** Reads an answer of any status. */
    static QueryAnswer read(int status, String body) {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return new Refused("status " + status + ", and the body is not JSON; is this a Prometheus query API?");
        }
        if (!root.path("status").asText().equals("success")) {
            String error = oneLine(root.path("error").asText());
            return new Refused("status " + status + (error.isEmpty() ? ", no result in the body" : ": " + error));
        }
        if (status != OK) {
            return new Refused("status " + status);
        }
        return vector(root);
    }

    private static QueryAnswer vector(JsonNode root) {
        JsonNode data = root.path("data");
        if (!data.path("resultType").asText().equals("vector")
                || !data.path("result").isArray()) {
            return new Refused(
                    "a result of type '" + oneLine(data.path("resultType").asText()) + "', expected a vector");
        }
        List<Sample> samples = new ArrayList<>();
        for (JsonNode series : data.path("result")) {
            JsonNode value = series.path("value").path(1);
            JsonNode histogram = series.path("histogram").path(1);
            if (!series.path("metric").isObject() || !(value.isTextual() || histogram.isObject())) {
                return new Refused("a series without a value: "
                        + oneLine(series.path("metric").toString()));
            }
            try {
                samples.add(
                        value.isTextual()
                                ? new Sample(labels(series.path("metric")), number(value.textValue()))
                                : histogram(labels(series.path("metric")), histogram));
            } catch (NumberFormatException e) {
                return new Refused("the value '" + oneLine(value.isTextual() ? value.textValue() : histogram.toString())
                        + "', expected a number");
            }
        }
        List<String> warnings = new ArrayList<>();
        root.path("warnings").forEach(warning -> warnings.add(oneLine(warning.asText())));
        return new Vector(samples, warnings);
    }

    /** A native histogram: its count, and of each bucket a rule of inclusion, the lower bound, the upper bound and the count. */
    private static Sample histogram(Map<String, String> labels, JsonNode histogram) {
        List<Sample.Bucket> buckets = new ArrayList<>();
        for (JsonNode bucket : histogram.path("buckets")) {
            buckets.add(new Sample.Bucket(
                    number(bucket.path(1).asText()),
                    number(bucket.path(2).asText()),
                    number(bucket.path(3).asText())));
        }
        return new Sample(labels, number(histogram.path("count").asText()), buckets);
    }

    private static Map<String, String> labels(JsonNode metric) {
        Map<String, String> labels = new HashMap<>();
        metric.properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /** A text from outside, fit for a line of ours. */
    static String oneLine(String text) {
        String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "...";
    }
}
