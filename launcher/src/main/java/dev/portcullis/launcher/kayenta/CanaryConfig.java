package dev.portcullis.launcher.kayenta;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.portcullis.kit.text.PlainText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A canary config of Kayenta as it is written, with the lines of its parts.
 *
 * @param fields those of the config but its metrics
 */
record CanaryConfig(Map<String, Part> fields, List<Part> metrics) {
    private static final int LONGEST_FAULT = 300;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /**
     * A part of the config.
     *
     * @param line where it begins, from 1
     */
    record Part(int line, JsonNode node) {}

    /** @throws CanaryConfigException when the text is not JSON or no canary config */
    static CanaryConfig parse(String text) throws CanaryConfigException {
        try (var parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new CanaryConfigException(1, "is no JSON object, which a canary config is");
            }
            var config = parse(parser);
            if (config.metrics.isEmpty()) {
                throw new CanaryConfigException(1, "has no metrics; a canary config has a list of them");
            }
            return config;
        } catch (JsonProcessingException e) {
            var line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new CanaryConfigException(
                    line, "is not JSON: " + PlainText.line(e.getOriginalMessage(), LONGEST_FAULT));
        } catch (IOException e) {
            throw new CanaryConfigException(1, "cannot be read: " + e.getMessage());
        }
    }

    private static CanaryConfig parse(JsonParser parser) throws IOException {
        Map<String, Part> fields = new LinkedHashMap<>();
        List<Part> metrics = new ArrayList<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            var token = parser.nextToken();
            if (name.equals("metrics") && token == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    metrics.add(part(parser));
                }
            } else {
                fields.put(name, part(parser));
            }
        }
        return new CanaryConfig(fields, metrics);
    }

    private static Part part(JsonParser parser) throws IOException {
        var line = parser.currentTokenLocation().getLineNr();
        JsonNode node = JSON.readTree(parser);
        return new Part(line, node);
    }

    JsonNode field(String name) {
        return fields.getOrDefault(name, new Part(0, MissingNode.getInstance())).node();
    }

    int line(String name) {
        return fields.getOrDefault(name, new Part(0, MissingNode.getInstance())).line();
    }
}
