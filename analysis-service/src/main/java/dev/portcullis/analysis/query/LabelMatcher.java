package dev.portcullis.analysis.query;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One condition on a label; a label that is absent has the empty value. Regular expressions match the whole value.
 *
 * @param label name of the label
 * @param operator how the value is compared
 * @param value what it is compared with; a regular expression for the last two operators
 */
public record LabelMatcher(String label, Operator operator, String value) {
    /** How a matcher compares. */
    public enum Operator {
        EQUAL("="),
        NOT_EQUAL("!="),
        MATCHES("=~"),
        NOT_MATCHES("!~");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        /** As written in a query. */
        public String symbol() {
            return symbol;
        }

        boolean isRegex() {
            return this == MATCHES || this == NOT_MATCHES;
        }

        static Optional<Operator> of(String symbol) {
            return Arrays.stream(values()).filter(o -> o.symbol.equals(symbol)).findFirst();
        }
    }

    private static final Pattern PLAIN_NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final String REGEX_SPECIAL = "\\.+*?()|[]{}^$";

    /** Refuses a regular expression that Java does not understand. */
    public LabelMatcher {
        if (operator.isRegex()) {
            Pattern.compile(value);
        }
    }

    /** The condition that a label has one of these values, in the order given; one at least. */
    public static LabelMatcher anyOf(String label, Collection<String> values) {
        return values.size() == 1
                ? new LabelMatcher(label, Operator.EQUAL, values.iterator().next())
                : new LabelMatcher(
                        label,
                        Operator.MATCHES,
                        values.stream().map(LabelMatcher::quoteRegex).collect(Collectors.joining("|")));
    }

    /** How many bytes a value adds to what {@link #anyOf} renders of several. */
    public static int lengthAmongOthers(String value) {
        return escape(quoteRegex(value)).getBytes(StandardCharsets.UTF_8).length + 1;
    }

    /** A text as a regular expression that matches it and nothing else, in RE2 as in Java. */
    static String quoteRegex(String text) {
        return text.codePoints()
                .mapToObj(Character::toString)
                .map(letter -> REGEX_SPECIAL.contains(letter) ? "\\" + letter : letter)
                .collect(Collectors.joining());
    }

    /** Whether a series with these labels is meant. */
    public boolean matches(Map<String, String> labels) {
        return test().test(labels.getOrDefault(label, ""));
    }

    /** The comparison itself, with the regular expression compiled once. Thread-safe. */
    Predicate<String> test() {
        return switch (operator) {
            case EQUAL -> value::equals;
            case NOT_EQUAL -> other -> !value.equals(other);
            case MATCHES -> Pattern.compile(value).asMatchPredicate();
            case NOT_MATCHES -> Pattern.compile(value).asMatchPredicate().negate();
        };
    }

    /** PromQL text of this matcher. A name that is not of letters, digits and underscores is in quotes, as Prometheus 3 reads it. */
    public String render() {
        return name(label) + operator.symbol() + '"' + escape(value) + '"';
    }

    /** A label's name as a query has it. */
    public static String name(String label) {
        return PLAIN_NAME.matcher(label).matches() ? label : '"' + escape(label) + '"';
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
