package dev.portcullis.kit.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.portcullis.kit.text.PlainText;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A jsonb column that holds documents: {@code {"version": 2, "document": {...}}}. A document without a version is of version 1.
 *
 * <p>Each document has a form, a record that is there for nothing else, with a component for each field; a component that may be null is an
 * {@link java.util.Optional}. Reading is strict, because a count that is missing would be taken for 0: a field that is missing, null without being
 * optional, unknown, or of another type is an error. A double comes back as the same double, and any text as the same text. When a form changes, its version is
 * raised, and the older form is kept for what is stored. Thread-safe.
 *
 * @param <T> what the documents are read into
 */
public final class DocumentColumn<T> {
    /** The version of what was stored before documents had one. */
    private static final int UNVERSIONED = 1;

    private static final String VERSION = "version";
    private static final String DOCUMENT = "document";
    private static final JsonMapper TEXTS_AS_THEY_ARE = strict().build();
    private static final JsonMapper TEXTS_ESCAPED =
            strict().addModule(DocumentText.module()).build();

    private final String name;
    private final int version;
    private final Codec<T, ?> codec;
    /** Each by the last version that had its form. */
    private final NavigableMap<Integer, Form<T, ?>> forms;

    /** How the newest form of documents is made. */
    private record Codec<T, F>(JavaType form, Function<? super T, F> write) {}

    /** How a form of documents is understood. */
    private record Form<T, F>(JavaType form, Function<F, T> read) {}

    private DocumentColumn(String name, int version, Codec<T, ?> codec, NavigableMap<Integer, Form<T, ?>> forms) {
        this.name = name;
        this.version = version;
        this.codec = codec;
        this.forms = forms;
    }

    private static <T, F> DocumentColumn<T> of(
            String name, int version, JavaType form, Function<? super T, F> write, Function<F, T> read) {
        var forms = new TreeMap<Integer, Form<T, ?>>();
        forms.put(version, new Form<>(form, read));
        return new DocumentColumn<>(name, version, new Codec<>(form, write), forms);
    }

    /**
     * A column whose form is the same in all its versions; {@link #before} adds another.
     *
     * @param name table and column
     * @param version of what is written; the highest that can be read
     * @param form class of the documents' form
     * @param write makes the form
     * @param read what the form says; an exception of it is a fault of the document
     */
    public static <T, F> DocumentColumn<T> of(
            String name, int version, Class<F> form, Function<? super T, F> write, Function<F, T> read) {
        return of(name, version, TEXTS_ESCAPED.constructType(form), write, read);
    }

    /** The same for a form that is a list or a map of others. */
    public static <T, F> DocumentColumn<T> of(
            String name, int version, TypeReference<F> form, Function<? super T, F> write, Function<F, T> read) {
        return of(name, version, TEXTS_ESCAPED.constructType(form), write, read);
    }

    /**
     * This column, with the form that its documents had before.
     *
     * @param last the last version of that form
     * @param form class of it
     * @param read what it says
     */
    public <F> DocumentColumn<T> before(int last, Class<F> form, Function<F, T> read) {
        return before(last, TEXTS_ESCAPED.constructType(form), read);
    }

    /** The same for a form that is a list or a map of others. */
    public <F> DocumentColumn<T> before(int last, TypeReference<F> form, Function<F, T> read) {
        return before(last, TEXTS_ESCAPED.constructType(form), read);
    }

    private <F> DocumentColumn<T> before(int last, JavaType form, Function<F, T> read) {
        var all = new TreeMap<>(forms);
        all.put(last, new Form<>(form, read));
        return new DocumentColumn<>(name, version, codec, all);
    }

    private static JsonMapper.Builder strict() {
        return JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .addModule(new Jdk8Module())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(
                        LogicalType.Textual, texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
    }

    /** The document as it is stored. */
    public String write(T value) {
        return written(codec, value);
    }

    private <F> String written(Codec<T, F> codec, T value) {
        try {
            var body = TEXTS_ESCAPED
                    .writerFor(codec.form())
                    .writeValueAsString(codec.write().apply(value));
            return "{\"" + VERSION + "\":" + version + ",\"" + DOCUMENT + "\":" + body + "}";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(name + " cannot be written as JSON: " + value, e);
        }
    }

    /**
     * What a stored document says.
     *
     * @param row names the row in messages
     * @throws UnreadableDocumentException naming column, row, and field or version
     */
    public T read(String text, Object row) {
        try {
            return read(TEXTS_AS_THEY_ARE.readTree(text), row);
        } catch (UnreadableDocumentException e) {
            throw e;
        } catch (JsonMappingException e) {
            throw unreadable(row, "field " + path(e) + " " + fault(e), e);
        } catch (JsonProcessingException | RuntimeException e) {
            throw unreadable(row, PlainText.of(String.valueOf(e.getMessage())), e);
        }
    }

    private T read(JsonNode stored, Object row) throws JsonProcessingException {
        var told = stored.get(VERSION);
        // An objective may be called "version", but is no number.
        if (told == null || !told.isNumber()) {
            return read(UNVERSIONED, TEXTS_AS_THEY_ARE, stored);
        }
        var found = told.asDouble();
        if (found > version) {
            throw new UnreadableDocumentException(
                    place(row) + " is of version " + told + ", and this process reads up to " + version
                            + ": a newer version of the service wrote it",
                    true);
        }
        if (!told.isInt() || found <= UNVERSIONED || stored.size() != 2 || !stored.has(DOCUMENT)) {
            throw new UnreadableDocumentException(
                    place(row) + " cannot be read: it has version " + told + " and "
                            + stored.propertyStream()
                                    .map(field -> field.getKey())
                                    .collect(Collectors.joining(", "))
                            + ", and not a version from 2 to " + version + " and a document",
                    false);
        }
        return read(told.intValue(), TEXTS_ESCAPED, stored.get(DOCUMENT));
    }

    private T read(int found, JsonMapper json, JsonNode body) throws JsonProcessingException {
        if (body.isNull()) {
            throw new IllegalArgumentException("it is null");
        }
        return read(forms.ceilingEntry(found).getValue(), json, body);
    }

    private static <T, F> T read(Form<T, F> form, JsonMapper json, JsonNode body) throws JsonProcessingException {
        F document = json.treeToValue(body, form.form());
        return form.read().apply(document);
    }

    private UnreadableDocumentException unreadable(Object row, String why, Exception cause) {
        return new UnreadableDocumentException(place(row) + " cannot be read: " + why, false, cause);
    }

    private String place(Object row) {
        return name + " of row " + row;
    }

    private static String path(JsonMappingException fault) {
        return fault.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .map(PlainText::of)
                .collect(Collectors.joining("."));
    }

    private static String fault(JsonMappingException fault) {
        var said = PlainText.of(fault.getOriginalMessage());
        if (said.startsWith("Missing creator property")) {
            return "is missing";
        }
        if (said.startsWith("Null value for creator property")) {
            return "is null";
        }
        return fault instanceof UnrecognizedPropertyException ? "is unknown" : "is at fault: " + said;
    }
}
