package dev.portcullis.kit.transparency;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON that has one form only (RFC 8785), so that a hash of it means its content: keys in the order of their UTF-16 units, no blanks, the shortest escapes. Of numbers
 * only integers are taken, since all who read them as floating point agree on these. Stateless.
 */
public final class CanonicalJson {
    /** Beyond it floating point has gaps. */
    private static final long LARGEST = (1L << 53) - 1;

    private CanonicalJson() {}

    /**
     * The canonical form of an object in UTF-8.
     *
     * @param object of strings, integers up to 2^53 - 1, booleans, collections and maps of these
     * @throws IllegalArgumentException when anything else is in it, or a text with an unpaired surrogate
     */
    public static byte[] of(Map<String, ?> object) {
        var json = new StringBuilder();
        writeMap(json, object);
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(StringBuilder json, Object value) {
        switch (value) {
            case String text -> writeText(json, text);
            case Boolean truth -> json.append(truth.booleanValue());
            case Integer number -> json.append(number.intValue());
            case Long number -> json.append(exact(number));
            case Map<?, ?> map -> writeMap(json, map);
            case Collection<?> items -> writeItems(json, items);
            default -> throw new IllegalArgumentException("there is no canonical form here of " + value.getClass());
        }
    }

    private static long exact(long number) {
        if (Math.abs(number) > LARGEST) {
            throw new IllegalArgumentException("the number " + number + " is beyond 2^53 - 1");
        }
        return number;
    }

    private static void writeMap(StringBuilder json, Map<?, ?> map) {
        // The order of Java's strings is that of their UTF-16 units.
        var sorted = new TreeMap<String, Object>();
        map.forEach((key, value) -> sorted.put((String) key, value));
        var separator = '{';
        for (var entry : sorted.entrySet()) {
            json.append(separator);
            writeText(json, entry.getKey());
            json.append(':');
            write(json, entry.getValue());
            separator = ',';
        }
        json.append(sorted.isEmpty() ? "{}" : "}");
    }

    private static void writeItems(StringBuilder json, Collection<?> items) {
        var separator = '[';
        for (var item : items) {
            json.append(separator);
            write(json, item);
            separator = ',';
        }
        json.append(items.isEmpty() ? "[]" : "]");
    }

    private static void writeText(StringBuilder json, String text) {
        json.append('"');
        text.codePoints().forEach(c -> writeCharacter(json, c));
        json.append('"');
    }

    private static void writeCharacter(StringBuilder json, int c) {
        switch (c) {
            case '"' -> json.append("\\\"");
            case '\\' -> json.append("\\\\");
            case '\b' -> json.append("\\b");
            case '\f' -> json.append("\\f");
            case '\n' -> json.append("\\n");
            case '\r' -> json.append("\\r");
            case '\t' -> json.append("\\t");
            default -> {
                if (c < ' ') {
                    json.append(String.format(Locale.ROOT, "\\u%04x", c));
                } else if (Character.getType(c) == Character.SURROGATE) {
                    throw new IllegalArgumentException("a text has an unpaired surrogate");
                } else {
                    json.appendCodePoint(c);
                }
            }
        }
    }
}
