package dev.portcullis.rollback.targets.argocd;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A digest of an Application's sources. The same for all ways to write the same: the order of keys does not count, nor do values that Argo CD leaves out
 * when it writes an object (empty texts, lists and objects, and false).
 */
final class SourceDigest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private SourceDigest() {}

    /** 64 hexadecimal digits. */
    static String of(List<JsonNode> sources) {
        var all = NODES.arrayNode();
        sources.forEach(source -> all.add(canonical(source)));
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest(all.toString().getBytes(UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static JsonNode canonical(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> sorted(object);
            case ArrayNode array -> {
                var items = NODES.arrayNode();
                array.forEach(item -> items.add(canonical(item)));
                yield items;
            }
            default -> node;
        };
    }

    private static ObjectNode sorted(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        names.sort(null);
        var result = NODES.objectNode();
        for (var name : names) {
            var value = canonical(object.path(name));
            if (!isLeftOut(value)) {
                result.set(name, value);
            }
        }
        return result;
    }

    private static boolean isLeftOut(JsonNode value) {
        return value.isNull()
                || (value.isContainerNode() && value.isEmpty())
                || (value.isTextual() && value.textValue().isEmpty())
                || (value.isBoolean() && !value.booleanValue());
    }
}
