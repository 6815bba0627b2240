package dev.portcullis.analysis.source.prometheus;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.OptionalDouble;

/** JSON that streams by, without a tree of it. Each method begins at the first token of a value and ends at its last. Not thread-safe. */
record JsonStream(JsonParser json) {
    /** Reads one value; has to go through all of it. */
    interface Value {
        void read() throws IOException, QueryFailureException;
    }

    /** Reads the value of one member; has to go through all of it. */
    interface Member {
        void read(String name) throws IOException, QueryFailureException;
    }

    /** Whether the value is null. */
    boolean isNull() {
        return json.currentToken() == JsonToken.VALUE_NULL;
    }

    /** Every member of an object; false when it is none. */
    boolean members(Member member) throws IOException, QueryFailureException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            skip();
            return false;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            member.read(name);
        }
        return true;
    }

    /** Every item of a list; false when it is none. */
    boolean items(Value item) throws IOException, QueryFailureException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            skip();
            return false;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            item.read();
        }
        return true;
    }

    /** A text, number or truth value as text; empty when it is none of them. */
    String text() throws IOException {
        String text = json.currentToken().isScalarValue() ? json.getText() : "";
        skip();
        return text;
    }

    /** A number; empty when it is none. */
    OptionalDouble number() throws IOException {
        OptionalDouble number =
                json.currentToken().isNumeric() ? OptionalDouble.of(json.getDoubleValue()) : OptionalDouble.empty();
        skip();
        return number;
    }

    boolean isText() {
        return json.currentToken() == JsonToken.VALUE_STRING;
    }

    boolean isObject() {
        return json.currentToken() == JsonToken.START_OBJECT;
    }

    /** Goes to the end of the value. */
    void skip() throws IOException {
        json.skipChildren();
    }
}
