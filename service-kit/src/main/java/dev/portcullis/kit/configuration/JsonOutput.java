package dev.portcullis.kit.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** What was read of YAML as JSON, the keys of each mapping in alphabetical order. Numbers stay as they are written; those that JSON does not have become texts. */
final class JsonOutput {
    private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);

    private JsonOutput() {}

    static String of(MappingNode read) {
        return json(read).toString();
    }

    private static JsonNode json(Node read) {
        return switch (read) {
            case MappingNode mapping -> mapping(mapping);
            case SequenceNode list -> {
                var items = JSON.arrayNode();
                list.getValue().forEach(item -> items.add(json(item)));
                yield items;
            }
            case ScalarNode word -> word(word);
            default -> throw new IllegalArgumentException("a " + read.getNodeType() + " is none of these");
        };
    }

    private static JsonNode mapping(MappingNode read) {
        var sorted = new TreeMap<String, JsonNode>();
        for (var pair : read.getValue()) {
            if (pair.getKeyNode() instanceof ScalarNode key) {
                sorted.putIfAbsent(key.getValue(), json(pair.getValueNode()));
            }
        }
        return JSON.objectNode().setAll(sorted);
    }

    private static JsonNode word(ScalarNode read) {
        var tag = read.getTag();
        if (tag.equals(Tag.NULL)) {
            return JSON.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return JSON.booleanNode(Boolean.parseBoolean(read.getValue()));
        }
        return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? number(read.getValue()) : JSON.textNode(read.getValue());
    }

    private static JsonNode number(String word) {
        try {
            return JSON.numberNode(new BigDecimal(word));
        } catch (NumberFormatException e) {
            return JSON.textNode(word);
        }
    }
}
