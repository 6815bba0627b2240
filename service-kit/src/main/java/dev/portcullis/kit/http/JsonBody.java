package dev.portcullis.kit.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.kit.text.PlainText;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * The JSON object of a request's body, read strictly: no key twice, no text behind it. What is wrong is told in words for whoever wrote the body, without those of the
 * library that reads it. Thread-safe.
 */
public final class JsonBody {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** In bytes: a message may quote what was sent. */
    private static final int LONGEST_FAULT = 300;

    /** What the library adds about its own settings, as ": enable `JsonReadFeature.X` to allow" or ", from `X.getY()`". */
    private static final Pattern SETTING = Pattern.compile("(: enable |, from )`[^`]*`( to allow)?");

    /** A body that is no JSON object; its message says why, to stand after "body". */
    public static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableException(String fault) {
            super(fault);
        }

        /** Why, in one line of at most some hundred bytes, as "is an array; a JSON object is expected". */
        public String fault() {
            return String.valueOf(getMessage());
        }
    }

    private JsonBody() {}

    /**
     * Reads it.
     *
     * @param body in UTF-8, UTF-16 or UTF-32
     */
    public static JsonNode object(byte[] body) throws UnreadableException {
        try (var parser = JSON.createParser(body)) {
            JsonNode node = JSON.readTree(parser);
            if (node == null || !node.isObject()) {
                throw new UnreadableException(
                        (node == null ? "is missing" : "is " + kind(node)) + "; a JSON object is expected");
            }
            var end = parser.currentLocation();
            if (moreTokens(parser)) {
                throw new UnreadableException("has text after the JSON object" + Position.ofNextText(body, end));
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new UnreadableException("is not JSON" + Position.of(e.getLocation()) + ": " + said(e));
        } catch (IOException e) {
            // Of the characters in a body that is in memory.
            throw new UnreadableException("is not JSON: its bytes are no text in UTF-8, UTF-16 or UTF-32");
        }
    }

    private static boolean moreTokens(JsonParser parser) throws IOException {
        try {
            return parser.nextToken() != null;
        } catch (JsonProcessingException e) {
            // Text that is no JSON is text all the same.
            return true;
        }
    }

    private static String said(JsonProcessingException fault) {
        var text = SETTING.matcher(fault.getOriginalMessage()).replaceAll("");
        return text.contains("`") || text.contains("Feature")
                ? "it cannot be read"
                : PlainText.line(text, LONGEST_FAULT);
    }

    /** What a value is, as "an array". */
    public static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case STRING -> "text";
            case NULL -> "null";
            default -> "missing";
        };
    }

    /** Where in a body something is, to stand after it; empty when it is not known. */
    private static final class Position {
        private Position() {}

        static String of(JsonLocation location) {
            return location == null ? "" : text(location.getLineNr(), location.getColumnNr());
        }

        /** Of the first character behind a place that is no white space. */
        static String ofNextText(byte[] body, JsonLocation place) {
            // Not known of UTF-16 and UTF-32, which have as many bytes as their characters only in UTF-8.
            if (place.getByteOffset() < 0) {
                return "";
            }
            int line = place.getLineNr();
            int column = place.getColumnNr();
            for (int i = (int) place.getByteOffset(); i < body.length && body[i] <= ' ' && body[i] > 0; i++) {
                if (body[i] == '\n') {
                    line++;
                    column = 1;
                } else {
                    column++;
                }
            }
            return text(line, column);
        }

        private static String text(int line, int column) {
            return line < 1 ? "" : " at line " + line + " column " + column;
        }
    }
}
