package dev.portcullis.rollback.targets.featureflag;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the values of one object stand in a JSON text, so that they can be replaced with everything else left as it was written.
 * Immutable.
 *
 * @param begin just behind the object's opening brace, in characters from the text's begin
 * @param spans of its values, by key
 */
record JsonPlaces(int begin, Map<String, Span> spans) {
    /** From a character to just before another. */
    record Span(int from, int to) {}

    private record Edit(Span span, String value) {}

    JsonPlaces {
        spans = Map.copyOf(spans);
    }

    /**
     * The places of an object inside an object of the top.
     *
     * @throws IOException when the text is no JSON or has no such object
     */
    static JsonPlaces of(String text, String outer, String inner) throws IOException {
        try (var parser = FlagdDocument.STRICT.createParser(text)) {
            parser.nextToken();
            enter(parser, outer);
            enter(parser, inner);
            return read(parser);
        }
    }

    /** Goes on to the opening brace of an object's value. */
    private static void enter(JsonParser parser, String key) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            if (parser.nextToken() == JsonToken.START_OBJECT && name.equals(key)) {
                return;
            }
            parser.skipChildren();
        }
        throw new IOException("no object '" + key + "'");
    }

    private static JsonPlaces read(JsonParser parser) throws IOException {
        var begin = end(parser);
        Map<String, Span> spans = new HashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            parser.nextToken();
            var from = (int) parser.currentTokenLocation().getCharOffset();
            parser.skipChildren();
            parser.finishToken();
            spans.put(name, new Span(from, end(parser)));
        }
        return new JsonPlaces(begin, spans);
    }

    private static int end(JsonParser parser) {
        return (int) parser.currentLocation().getCharOffset();
    }

    /** The text with other values; a key that was not there is put first. */
    String with(String text, Map<String, String> values) {
        var edits = values.entrySet().stream()
                .map(entry -> edit(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingInt((Edit edit) -> edit.span().from())
                        .reversed())
                .toList();
        var changed = new StringBuilder(text);
        for (var edit : edits) {
            changed.replace(edit.span().from(), edit.span().to(), edit.value());
        }
        return changed.toString();
    }

    private Edit edit(String key, String value) {
        var span = spans.get(key);
        return span == null
                ? new Edit(new Span(begin, begin), "\"" + key + "\": " + value + (spans.isEmpty() ? "" : ", "))
                : new Edit(span, value);
    }
}
