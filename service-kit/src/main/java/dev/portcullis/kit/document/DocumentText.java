package dev.portcullis.kit.document;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts and keys of documents in a form that jsonb can hold: it has no place for NUL and for half a character (an unpaired surrogate), which the label of
 * another's series may have. They become {@code \}{@code u} and four hexadecimal digits, and a backslash becomes two, so that each text comes back as it was.
 */
final class DocumentText {
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:\\\\|u([0-9a-f]{4})|)");
    private static final int HEXADECIMAL = 16;

    private DocumentText() {}

    /** What teaches a mapper this form. */
    static SimpleModule module() {
        return new SimpleModule("document texts")
                .addSerializer(String.class, new Value())
                .addKeySerializer(String.class, new Key())
                .addDeserializer(String.class, new ReadValue())
                .addKeyDeserializer(String.class, new ReadKey());
    }

    static String escaped(String text) {
        if (text.indexOf('\\') < 0 && text.codePoints().noneMatch(DocumentText::impossible)) {
            return text;
        }
        var escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (c == '\\') {
                escaped.append("\\\\");
            } else if (impossible(c)) {
                escaped.append("\\u%04x".formatted(c));
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    /** @throws IllegalArgumentException when a backslash is followed by something else than {@link #escaped} writes */
    static String unescaped(String text) {
        return text.indexOf('\\') < 0
                ? text
                : ESCAPE.matcher(text).replaceAll(escape -> Matcher.quoteReplacement(meant(escape.group(), text)));
    }

    private static String meant(String escape, String text) {
        return switch (escape.length()) {
            case 1 -> throw new IllegalArgumentException("a lone backslash in " + text);
            case 2 -> "\\";
            default -> String.valueOf((char) Integer.parseInt(escape, 2, escape.length(), HEXADECIMAL));
        };
    }

    /** {@code codePoints()} leaves only unpaired surrogates as such. */
    private static boolean impossible(int codePoint) {
        return codePoint == 0 || Character.getType(codePoint) == Character.SURROGATE;
    }

    private static final class Value extends StdScalarSerializer<String> {
        private static final long serialVersionUID = 1L;

        Value() {
            super(String.class);
        }

        @Override
        public void serialize(String text, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(escaped(text));
        }
    }

    private static final class Key extends StdScalarSerializer<String> {
        private static final long serialVersionUID = 1L;

        Key() {
            super(String.class);
        }

        @Override
        public void serialize(String text, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeFieldName(escaped(text));
        }
    }

    private static final class ReadValue extends StdScalarDeserializer<String> {
        private static final long serialVersionUID = 1L;

        ReadValue() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser json, DeserializationContext context) throws IOException {
            var text = json.getText();
            if (!json.currentToken().isScalarValue() || text == null) {
                return (String) context.handleUnexpectedToken(String.class, json);
            }
            try {
                return unescaped(text);
            } catch (IllegalArgumentException e) {
                throw JsonMappingException.from(json, e.getMessage(), e);
            }
        }
    }

    private static final class ReadKey extends KeyDeserializer {
        @Override
        public Object deserializeKey(String key, DeserializationContext context) throws IOException {
            try {
                return unescaped(key);
            } catch (IllegalArgumentException e) {
                throw JsonMappingException.from(context, e.getMessage(), e);
            }
        }
    }
}
