package dev.portcullis.analysis.store;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.portcullis.analysis.evidence.Halves;
import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.slo.Indicator;
import dev.portcullis.analysis.slo.LatencyIndicator;
import dev.portcullis.analysis.slo.RatioIndicator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The jsonb columns: domain records as JSON, component by component. A double comes back as the same double. Fields that this version doesn't know are left out,
 * so that a row of a newer version can still be read. Thread-safe.
 */
final class Documents {
    private static final TypeReference<Map<String, Observation>> COUNTS = new TypeReference<>() {};

    private static final TypeReference<Map<String, Halves>> HALVES = new TypeReference<>() {};
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

    /** Tells the kinds of indicator apart. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = RatioIndicator.class, name = "ratio"),
        @JsonSubTypes.Type(value = LatencyIndicator.class, name = "latency")
    })
    private interface KindOfIndicator {}

    private final ObjectMapper json = JsonMapper.builder()
            .addMixIn(Indicator.class, KindOfIndicator.class)
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    @Nullable
    String write(@Nullable Object document) {
        try {
            return document == null ? null : json.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as JSON: " + document, e);
        }
    }

    <T> T read(String text, Class<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored " + type.getSimpleName() + " cannot be read: " + text, e);
        }
    }

    Map<String, Observation> counts(String text) {
        return read(text, COUNTS);
    }

    Map<String, Halves> halves(String text) {
        return read(text, HALVES);
    }

    List<String> texts(String text) {
        return read(text, TEXTS);
    }

    private <T> T read(String text, TypeReference<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored " + type.getType().getTypeName() + " cannot be read: " + text, e);
        }
    }
}
