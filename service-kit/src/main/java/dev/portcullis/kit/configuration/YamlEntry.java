package dev.portcullis.kit.configuration;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * A value of a mapping or a list, with the line a fault about it is reported at.
 *
 * @param line counted from 1; of the key in a mapping, of the item in a list
 */
record YamlEntry(int line, Node value) {
    private static final int SHOWN = 80;
    private static final Set<Tag> NUMBERS = Set.of(Tag.INT, Tag.FLOAT);

    static int lineOf(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    /** Any value that is one word: text, a number, true or false, as it is written in the file. */
    Optional<String> scalar() {
        return value instanceof ScalarNode word && !has(Tag.NULL) ? Optional.of(word.getValue()) : Optional.empty();
    }

    /** Text only: a word that YAML takes for a number is none. */
    Optional<String> text() {
        return has(Tag.STR) ? scalar() : Optional.empty();
    }

    Optional<Boolean> flag() {
        return has(Tag.BOOL) ? scalar().map(Boolean::valueOf) : Optional.empty();
    }

    /** A finite decimal number; YAML's octal, hexadecimal, infinite and not-a-number forms are not wanted in policies. */
    OptionalDouble number() {
        if (!NUMBERS.contains(value.getTag()) || !(value instanceof ScalarNode word)) {
            return OptionalDouble.empty();
        }
        try {
            return OptionalDouble.of(Double.parseDouble(word.getValue())).stream()
                    .filter(Double::isFinite)
                    .findFirst();
        } catch (NumberFormatException otherForm) {
            return OptionalDouble.empty();
        }
    }

    /** What a word in quotes would be without them; empty when it is not in quotes. */
    Optional<YamlEntry> unquoted() {
        if (!(value instanceof ScalarNode word) || word.isPlain()) {
            return Optional.empty();
        }
        Tag tag = new CoreSchema().getScalarResolver().resolve(word.getValue(), true);
        return Optional.of(new YamlEntry(line, new ScalarNode(tag, word.getValue(), ScalarStyle.PLAIN)));
    }

    /** Whether there is nothing behind the key. */
    boolean isEmpty() {
        return has(Tag.NULL);
    }

    /** What to do about a key without a value, as the end of a fault; empty for anything else, an item of a list too. */
    String instead(String path) {
        return isEmpty() && !path.endsWith("]") ? "; write a value, or remove the key when it is optional" : "";
    }

    private boolean has(Tag tag) {
        return value.getTag().equals(tag);
    }

    /** The value as a fault quotes it: words in quotes, lists and mappings by their kind. */
    String described() {
        if (!(value instanceof ScalarNode word)) {
            return value instanceof SequenceNode ? "a list" : "a mapping";
        }
        if (has(Tag.NULL) || word.getValue().isEmpty()) {
            return "empty";
        }
        String shown = word.getValue().length() > SHOWN ? word.getValue().substring(0, SHOWN) + "..." : word.getValue();
        return has(Tag.STR) ? "'" + shown + "'" : shown;
    }
}
