package dev.portcullis.analysis.source.datadog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What the query API answered. */
sealed interface CountQueryResult {
    /**
     * Counts.
     *
     * @param series none of them twice
     */
    record Counts(List<CountSeries> series) implements CountQueryResult {}

    /**
     * No result that can be used.
     *
     * @param reason why, in one line
     * @param status of the answer; 0 when there was none
     */
    record Refused(String reason, int status) implements CountQueryResult {
        /** Refused without an answer, or for what is in it. */
        Refused(String reason) {
            this(reason, 0);
        }
    }

    /**
     * Too many requests.
     *
     * @param reset when there may be more
     */
    record Limited(Duration reset) implements CountQueryResult {}

    /**
     * The counts of one series.
     *
     * @param tags those it was grouped by
     * @param byInterval the count of each interval in which there was something, by its beginning
     */
    record CountSeries(Map<String, String> tags, Map<Instant, Double> byInterval) {
        /** The count from one moment (inclusive) to another (exclusive). */
        double between(Instant from, Instant to) {
            return byInterval.entrySet().stream()
                    .filter(e -> !e.getKey().isBefore(from) && e.getKey().isBefore(to))
                    .mapToDouble(Map.Entry::getValue)
                    .sum();
        }
    }

    ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    int OK = 200;
    int LONGEST_REASON = 200;

    /** No count of an interval is larger; what is, is no count. */
    double LARGEST = 1e15;

    /** Reads an answer of any status. */
    static CountQueryResult read(int status, String body) {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (JsonEOFException e) {
            return new Refused(
                    "status " + status + ", and the answer is cut off: its JSON has no end after " + body.length()
                            + " characters",
                    status);
        } catch (JsonProcessingException e) {
            return new Refused("status " + status + ", and the body is not JSON; is this Datadog's API?", status);
        }
        if (status != OK || !root.path("status").asText().equals("ok")) {
            String told = root.path("errors").isArray()
                    ? root.path("errors").path(0).asText()
                    : root.path("error").asText();
            return new Refused("status " + status + (told.isEmpty() ? "" : ": " + oneLine(told)), status);
        }
        return counts(root.path("series"));
    }

    /** Nothing counted is a list without series, or with one without points; where a list is missing, nothing is known. */
    private static CountQueryResult counts(JsonNode list) {
        if (!list.isArray()) {
            return new Refused("the answer has no list of series");
        }
        List<CountSeries> series = new ArrayList<>();
        for (JsonNode one : list) {
            if (one.path("interval").asInt(0) != CountQuery.INTERVAL_SECONDS) {
                return new Refused("intervals of " + one.path("interval").asText() + " s, expected "
                        + CountQuery.INTERVAL_SECONDS + " s");
            }
            if (!one.path("pointlist").isArray()) {
                return new Refused("a series of the answer has no pointlist");
            }
            Optional<String> fault = faultIn(one);
            if (fault.isPresent()) {
                return new Refused(fault.get());
            }
            series.add(new CountSeries(tags(one), points(one)));
        }
        return onlyOnce(series);
    }

    private static CountQueryResult onlyOnce(List<CountSeries> series) {
        Set<Map<String, String>> seen = new HashSet<>();
        return series.stream()
                .filter(one -> !seen.add(one.tags()))
                .findFirst()
                .<CountQueryResult>map(twice -> new Refused("the answer has a series twice, " + shown(twice.tags())))
                .orElseGet(() -> new Counts(series));
    }

    /** A point without a value is an interval in which nothing was counted; everything else has to be a count. */
    private static Optional<String> faultIn(JsonNode series) {
        for (JsonNode point : series.path("pointlist")) {
            JsonNode value = point.path(1);
            double count = value.isNull() ? 0 : value.isNumber() ? value.asDouble() : Double.NaN;
            if (!point.path(0).isNumber() || !(count >= 0 && count <= LARGEST)) {
                String told = value.isNumber()
                        ? String.valueOf(count)
                        : value.isTextual() ? value.asText() : value.toString();
                return Optional.of(
                        "series " + shown(tags(series)) + " has counted " + oneLine(told) + " in the interval from "
                                + Instant.ofEpochMilli(point.path(0).asLong()) + ", which is not a count of requests");
            }
        }
        return Optional.empty();
    }

    private static String shown(Map<String, String> tags) {
        return oneLine(new TreeMap<>(tags).toString());
    }

    private static Map<String, String> tags(JsonNode series) {
        Map<String, String> tags = new HashMap<>();
        for (JsonNode tag : series.path("tag_set")) {
            String[] parts = tag.asText().split(":", 2);
            tags.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
        return tags;
    }

    private static Map<Instant, Double> points(JsonNode series) {
        Map<Instant, Double> points = new HashMap<>();
        for (JsonNode point : series.path("pointlist")) {
            if (point.path(1).isNumber()) {
                points.put(
                        Instant.ofEpochMilli(point.path(0).asLong()),
                        point.path(1).asDouble());
            }
        }
        return points;
    }

    /** A text from outside, fit for a line of ours. */
    static String oneLine(String text) {
        String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "...";
    }
}
