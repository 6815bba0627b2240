package dev.portcullis.analysis.source.otlp;

import com.fasterxml.jackson.databind.node.TextNode;
import io.opentelemetry.proto.common.v1.AnyValue;
import java.util.Base64;
import java.util.stream.Collectors;

/** The value of an attribute as the text of a label: plain values as they are, lists and mappings as JSON. */
final class AttributeText {
    private AttributeText() {}

    static String of(AnyValue value) {
        return value.hasStringValue() ? value.getStringValue() : json(value);
    }

    private static String json(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> quoted(value.getStringValue());
            case BOOL_VALUE -> String.valueOf(value.getBoolValue());
            case INT_VALUE -> String.valueOf(value.getIntValue());
            case DOUBLE_VALUE -> String.valueOf(value.getDoubleValue());
            case BYTES_VALUE ->
                quoted(Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray()));
            case ARRAY_VALUE ->
                value.getArrayValue().getValuesList().stream()
                        .map(AttributeText::json)
                        .collect(Collectors.joining(",", "[", "]"));
            case KVLIST_VALUE ->
                value.getKvlistValue().getValuesList().stream()
                        .map(entry -> quoted(entry.getKey()) + ":" + json(entry.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            default -> "";
        };
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }
}
