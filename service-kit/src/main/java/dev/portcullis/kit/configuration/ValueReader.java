package dev.portcullis.kit.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads values of a mapping by their forms: what is not legal is recorded as a fault, and whoever makes a list of keys hears what was asked for. Not thread-safe.
 */
final class ValueReader {
    private final MappingKeys keys;
    private final Place place;

    /** @param place where the mapping with these keys stands */
    ValueReader(MappingKeys keys, Place place) {
        this.keys = keys;
        this.place = place;
    }

    /** What stands behind a key. */
    Optional<YamlEntry> ask(String key) {
        tell(key, "", "", "");
        return keys.ask(key);
    }

    /** Whether a key is there; its absence is recorded at the line of the mapping. */
    boolean require(String key, String legal) {
        boolean present = ask(key).isPresent();
        if (!present) {
            keys.fault(key, place.path(key) + " is missing; legal: " + legal);
        }
        return present;
    }

    /** Takes a key that nobody reads; one without a value is a fault. */
    void pass(String key) {
        ask(key).filter(YamlEntry::isEmpty).ifPresent(entry -> keys.refuse(place.path(key), entry, "", "any value"));
    }

    /** Says for a list of keys what holds of one; what is empty is known from elsewhere. */
    void tell(String key, String type, String usual, String legal) {
        keys.faults().listener().asked(place.description(key, type, usual, legal));
    }

    /** @param usual what holds when the key is missing, for a list of keys */
    <T> Optional<T> read(String key, ValueForm<T> form, String usual) {
        tell(key, form.type(), usual, form.range());
        return ask(key).flatMap(entry -> value(key, entry, form));
    }

    /** The same where a word is legal too: empty and no fault when it stands there. */
    <T> Optional<T> readOr(String word, String key, ValueForm<T> form, String usual) {
        ValueForm<T> legal = form.orWord(word);
        tell(key, legal.type(), usual, legal.range());
        return ask(key).flatMap(YamlEntry::scalar).filter(word::equals).isPresent()
                ? Optional.empty()
                : read(key, legal, usual);
    }

    /** The values of a list; a wrong item is a fault at the item's line and left out. */
    <T> List<T> list(String key, String plural, ValueForm<T> form) {
        List<T> found = new ArrayList<>();
        List<YamlEntry> items = items(key, plural, form.range());
        for (int index = 0; index < items.size(); index++) {
            value(key + "[" + index + "]", items.get(index), form).ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    /** The items of a list, whatever they are; none when the key is absent or holds something else, which is a fault. */
    List<YamlEntry> items(String key, String plural, String legal) {
        tell(key, "list of " + plural, "", legal);
        Optional<YamlEntry> entry = ask(key);
        if (entry.isPresent() && entry.get().value() instanceof SequenceNode list) {
            return list.getValue().stream().map(ValueReader::item).toList();
        }
        entry.ifPresent(other -> keys.refuse(place.path(key), other, "", "a list of " + plural));
        return List.of();
    }

    private static YamlEntry item(Node node) {
        return new YamlEntry(YamlEntry.lineOf(node), node);
    }

    private <T> Optional<T> value(String key, YamlEntry entry, ValueForm<T> form) {
        Optional<T> value = form.reader().apply(entry);
        if (value.isEmpty()) {
            keys.refuse(place.path(key), entry, form.meant().apply(entry), form.legal());
        }
        return value;
    }
}
