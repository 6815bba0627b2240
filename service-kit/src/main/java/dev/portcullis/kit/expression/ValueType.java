package dev.portcullis.kit.expression;

import java.util.Map;

/** What kind of value an expression is given. */
public sealed interface ValueType {
    /** A type without parts. */
    enum Plain implements ValueType {
        /** A {@link String}. */
        TEXT,
        /** A {@link Long}. */
        WHOLE_NUMBER,
        /** A {@link Double}. */
        NUMBER,
        /** A {@link Boolean}. */
        FLAG,
        /** An {@link java.time.Instant}. */
        MOMENT,
        /** Any value; what is wrong with its use is seen only when the expression is evaluated. */
        ANY
    }

    /** A {@link Map} with keys of the caller's choice, all values of one type. */
    record Named(ValueType values) implements ValueType {}

    /** A {@link java.util.List}, all items of one type. */
    record ListOf(ValueType items) implements ValueType {}

    /**
     * A {@link Map} with just these keys, so that a misspelt one is found when an expression is read.
     *
     * @param name of the type, one for each set of fields of a language
     */
    record Fields(String name, Map<String, ValueType> fields) implements ValueType {
        public Fields {
            fields = Map.copyOf(fields);
        }
    }
}
