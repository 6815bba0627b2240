package dev.portcullis.launcher.configuration;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The JSON Schema of one value, from the words of its line. What the words do not tell exactly is left open: an editor must not refuse
 * what the services take.
 */
final class ValueSchema {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String DURATION = "^(?=.)([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$";
    private static final Pattern WORDS = Pattern.compile("[\\w./-]+((, | or )[\\w./-]+)*");
    private static final Pattern BETWEEN = Pattern.compile("(?<min>[0-9.]+) to (?<max>[0-9.]+)");
    private static final Pattern BOUNDS = Pattern.compile(
            "(?:(?<side>above|at least) (?<min>[0-9.]+))?(?:, )?(?:(?<top>below|at most) (?<max>[0-9.]+))?");

    private ValueSchema() {}

    static ObjectNode of(KeyLine line) {
        return switch (line.type()) {
            case "text" -> type("string");
            case "word" -> word(line.legal());
            case "flag" -> line.legal().equals("true") ? JSON.objectNode().put("const", true) : type("boolean");
            case "number", "whole number" -> alternatives(line);
            case "duration" -> alternatives(line);
            case "list of texts" -> list(JSON.objectNode());
            case "list of durations" -> list(type("string").put("pattern", DURATION));
            default -> JSON.objectNode();
        };
    }

    static ObjectNode list(ObjectNode items) {
        var list = type("array");
        list.set("items", items);
        return list;
    }

    static ObjectNode type(String name) {
        return JSON.objectNode().put("type", name);
    }

    private static ObjectNode word(String legal) {
        if (!WORDS.matcher(legal).matches()) {
            return type("string");
        }
        var schema = JSON.objectNode();
        var words = schema.putArray("enum");
        List.of(legal.split(", | or ")).forEach(words::add);
        return schema;
    }

    /** A range, several of them, or a word in place of one. */
    private static ObjectNode alternatives(KeyLine line) {
        var alternatives = Stream.of(line.legal().split(", or | or "))
                .map(legal -> alternative(line.type(), legal))
                .toList();
        if (alternatives.size() == 1) {
            return alternatives.getFirst();
        }
        var schema = JSON.objectNode();
        schema.putArray("anyOf").addAll(alternatives);
        return schema;
    }

    private static ObjectNode alternative(String type, String legal) {
        if (legal.matches("[a-z]+")) {
            return JSON.objectNode().put("const", legal);
        }
        if (type.equals("duration")) {
            return legal.matches("\\w+ to \\w+") ? type("string").put("pattern", DURATION) : JSON.objectNode();
        }
        return bounds(type(type.equals("number") ? "number" : "integer"), legal);
    }

    private static ObjectNode bounds(ObjectNode number, String legal) {
        var between = BETWEEN.matcher(legal);
        if (between.matches()) {
            return number.put("minimum", Double.parseDouble(between.group("min")))
                    .put("maximum", Double.parseDouble(between.group("max")));
        }
        var bounds = BOUNDS.matcher(legal);
        if (bounds.matches() && bounds.group("min") != null) {
            number.put(
                    bounds.group("side").equals("above") ? "exclusiveMinimum" : "minimum",
                    Double.parseDouble(bounds.group("min")));
        }
        if (bounds.matches() && bounds.group("max") != null) {
            number.put(
                    bounds.group("top").equals("below") ? "exclusiveMaximum" : "maximum",
                    Double.parseDouble(bounds.group("max")));
        }
        return number;
    }
}
