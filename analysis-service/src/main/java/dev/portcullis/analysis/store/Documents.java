package dev.portcullis.analysis.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.portcullis.analysis.evidence.ArmCounts;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The jsonb columns: domain records as JSON, component by component. A double comes back as the same double. Fields that this version doesn't know are left out,
 * so that a row of a newer version can still be read. Thread-safe.
 */
final class Documents {
    private static final TypeReference<Map<String, ArmCounts>> COUNTS = new TypeReference<>() {};

    private final ObjectMapper json = JsonMapper.builder()
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

    Map<String, ArmCounts> counts(String text) {
        try {
            return json.readValue(text, COUNTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored counts cannot be read: " + text, e);
        }
    }
}
