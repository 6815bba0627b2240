package dev.portcullis.kit.configuration;

import dev.portcullis.kit.text.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A YAML mapping that knows where it stands and which of its keys were asked for.
 *
 * <p>No getter throws: a value that is not legal is recorded as a {@link Fault}, and the getter answers its fallback (nothing, or
 * empty text), so that one reading finds all faults. A key that is there without a value is a fault too. Asking for a key makes it
 * legal; what was never asked for is found by {@link #rejectUnknown()}. The same child is the same object each time, so its keys
 * may be asked for in several places. Not thread-safe.
 */
public final class YamlMapping {
    private static final String DURATIONS = "500ms, 15s, 1h30m or 30d";

    private final String file;
    private final int line;
    private final Place place;
    private final Map<String, YamlEntry> entries;
    private final Faults faults;
    private final Set<String> legalKeys;
    private final Map<String, Optional<YamlMapping>> children;
    private final Map<String, List<YamlMapping>> lists;

    private YamlMapping(String file, int line, Place place, Map<String, YamlEntry> entries, Faults faults) {
        this.file = file;
        this.line = line;
        this.place = place;
        this.entries = entries;
        this.faults = faults;
        this.legalKeys = new LinkedHashSet<>();
        this.children = new HashMap<>();
        this.lists = new HashMap<>();
    }

    /** The same mapping seen from another place. */
    private YamlMapping(YamlMapping other, Place place) {
        this.file = other.file;
        this.line = other.line;
        this.place = place;
        this.entries = other.entries;
        this.faults = other.faults;
        this.legalKeys = other.legalKeys;
        this.children = other.children;
        this.lists = other.lists;
    }

    /** The top of a document; of a key written twice, the first counts. */
    static YamlMapping document(String file, MappingNode node, Faults faults) {
        Map<String, YamlEntry> entries = entriesOf(node);
        String kind = Optional.ofNullable(entries.get("kind"))
                .flatMap(YamlEntry::scalar)
                .orElse("");
        return new YamlMapping(file, YamlEntry.lineOf(node), Place.top(kind), entries, faults);
    }

    private static Map<String, YamlEntry> entriesOf(MappingNode node) {
        Map<String, YamlEntry> entries = new LinkedHashMap<>();
        for (NodeTuple pair : node.getValue()) {
            if (pair.getKeyNode() instanceof ScalarNode key) {
                entries.putIfAbsent(key.getValue(), new YamlEntry(YamlEntry.lineOf(key), pair.getValueNode()));
            }
        }
        return entries;
    }

    /** The file's name relative to the folder. */
    public String file() {
        return file;
    }

    /** Where this mapping is named: the line of its key, or of its first line in a list or a document. */
    public int line() {
        return line;
    }

    /** The line of a key; of the mapping when it lacks the key. */
    public int line(String key) {
        YamlEntry entry = entries.get(key);
        return entry == null ? line : entry.line();
    }

    /** A key's full name in its document, as {@code spec.objectives[0].slo}. */
    public String path(String key) {
        return place.path(key);
    }

    public boolean has(String key) {
        return ask(key).isPresent();
    }

    /** Required text; empty after a fault. */
    public String text(String key) {
        require(key, ValueForm.TEXT.legal());
        return read(key, ValueForm.TEXT, KeyDescription.REQUIRED).orElse("");
    }

    public Optional<String> optionalText(String key) {
        return read(key, ValueForm.TEXT, "");
    }

    public String text(String key, String usual) {
        return read(key, ValueForm.TEXT, usual).orElse(usual);
    }

    /** Whether a key is there and holds just this word. */
    public boolean isWord(String key, String word) {
        return ask(key).flatMap(YamlEntry::scalar).filter(word::equals).isPresent();
    }

    /** Whether a key is there and holds a mapping, for keys where a word is legal too. */
    public boolean isMapping(String key) {
        return ask(key).filter(entry -> entry.value() instanceof MappingNode).isPresent();
    }

    /** A finite decimal number between two bounds, either of which may be infinite. */
    public OptionalDouble number(String key, double min, boolean minInclusive, double max, boolean maxInclusive) {
        return read(key, ValueForm.number(new Interval(min, minInclusive, max, maxInclusive)), "").stream()
                .mapToDouble(Double::doubleValue)
                .findFirst();
    }

    /** The same with the number that holds when the key is missing. */
    public double number(String key, double usual, double min, boolean minInclusive, double max, boolean maxInclusive) {
        Interval legal = new Interval(min, minInclusive, max, maxInclusive);
        return read(key, ValueForm.number(legal), Interval.plain(usual)).orElse(usual);
    }

    /** Like {@link #number}, where a word is legal too: {@code usual} and no fault when it stands there. */
    public double numberOr(
            String word, String key, double usual, double min, boolean minInclusive, double max, boolean maxInclusive) {
        ValueForm<Double> legal = ValueForm.number(new Interval(min, minInclusive, max, maxInclusive));
        return readOr(word, key, legal, Interval.plain(usual)).orElse(usual);
    }

    /** A whole number from {@code min} to {@code max}, both legal. */
    public OptionalInt wholeNumber(String key, int min, int max) {
        return read(key, ValueForm.wholeNumber(min, max), "").stream()
                .mapToInt(Integer::intValue)
                .findFirst();
    }

    /** The same with the number that holds when the key is missing. */
    public int wholeNumber(String key, int usual, int min, int max) {
        return read(key, ValueForm.wholeNumber(min, max), String.valueOf(usual)).orElse(usual);
    }

    /** A length of time from {@code min} to {@code max}, both legal, written with units w, d, h, m, s, ms: {@code 1h30m}. */
    public Optional<Duration> duration(String key, Duration min, Duration max) {
        return read(key, ValueForm.duration(min, max).suchAs(DURATIONS), "");
    }

    /** The same with the time that holds when the key is missing. */
    public Duration duration(String key, Duration usual, Duration min, Duration max) {
        return read(key, ValueForm.duration(min, max).suchAs(DURATIONS), DurationText.compact(usual))
                .orElse(usual);
    }

    /** Like {@link #duration}, where a word is legal too: {@code usual} and no fault when it stands there. */
    public Duration durationOr(String word, String key, Duration usual, Duration min, Duration max) {
        ValueForm<Duration> legal = ValueForm.duration(min, max).suchAs(DURATIONS);
        return readOr(word, key, legal, DurationText.compact(usual)).orElse(usual);
    }

    public Optional<Boolean> flag(String key) {
        return read(key, ValueForm.FLAG, "");
    }

    public boolean flag(String key, boolean usual) {
        return read(key, ValueForm.FLAG, String.valueOf(usual)).orElse(usual);
    }

    /** One of the legal words, spelled exactly. */
    public Optional<String> choice(String key, Collection<String> legal) {
        return read(key, ValueForm.choice(legal), "");
    }

    /** The same with the word that holds when the key is missing. */
    public String choice(String key, String usual, Collection<String> legal) {
        return read(key, ValueForm.choice(legal), usual).orElse(usual);
    }

    /** Like {@link #choice(String, Collection)} where the legal words are too many to list: {@code told} describes them. */
    public Optional<String> choice(String key, Collection<String> legal, String told) {
        return read(key, ValueForm.choice(legal).told(told), "");
    }

    /** The word at a key as it is written, numbers too; empty and no fault when there is none. */
    public Optional<String> written(String key) {
        tell(key, ValueForm.WORD.type(), "", "");
        return ask(key).flatMap(YamlEntry::scalar);
    }

    public Optional<YamlMapping> mapping(String key) {
        tell(key, "mapping", "", "");
        return ask(key).flatMap(
                        entry -> children.computeIfAbsent(key, name -> child(place.child(name), entry, "a mapping")));
    }

    /** A mapping that must be there; after a fault an empty one whose own faults nobody hears of. */
    public YamlMapping requiredMapping(String key) {
        tell(key, "mapping", KeyDescription.REQUIRED, "");
        Optional<YamlMapping> found = require(key, "a mapping") ? mapping(key) : Optional.empty();
        return found.orElseGet(() -> absent(key, faults.unheard()));
    }

    /** A mapping that may be missing: then an empty one, all of whose keys have their defaults. */
    public YamlMapping optionalMapping(String key) {
        return mapping(key).orElseGet(() -> absent(key, faults));
    }

    private YamlMapping absent(String key, Faults heard) {
        return new YamlMapping(file, line(key), place.child(key), Map.of(), heard);
    }

    /** The mappings of a list; a wrong item is a fault at the item's line and left out. Empty when the key is absent. */
    public List<YamlMapping> mappings(String key) {
        return mappings(key, "a mapping");
    }

    /** Like {@link #mappings(String)}; {@code told} describes what an item may be. */
    public List<YamlMapping> mappings(String key, String told) {
        return lists.computeIfAbsent(key, name -> {
            List<YamlMapping> found = new ArrayList<>();
            List<YamlEntry> items = items(name, "mappings", "");
            for (int index = 0; index < items.size(); index++) {
                child(place.item(name, index), items.get(index), told).ifPresent(found::add);
            }
            return List.copyOf(found);
        });
    }

    /** The words of a list as they are written, numbers too. Empty when the key is absent. */
    public List<String> texts(String key) {
        return values(key, "texts", ValueForm.WORD);
    }

    /** The lengths of time of a list; a wrong item is a fault at the item's line and left out. Empty when the key is absent. */
    public List<Duration> durations(String key, Duration min, Duration max) {
        return values(key, "durations", ValueForm.duration(min, max));
    }

    private <T> List<T> values(String key, String plural, ValueForm<T> form) {
        List<T> found = new ArrayList<>();
        List<YamlEntry> items = items(key, plural, form.range());
        for (int index = 0; index < items.size(); index++) {
            value(key + "[" + index + "]", items.get(index), form).ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    /** Keys and words as they are written, numbers too, in the order of the file. Empty when the key is absent. */
    public Map<String, String> textMap(String key) {
        Map<String, String> found = new LinkedHashMap<>();
        YamlMapping words = optionalMapping(key).named("name");
        for (String name : words.keys()) {
            words.read(name, ValueForm.WORD, "").ifPresent(word -> found.put(name, word));
        }
        return Collections.unmodifiableMap(found);
    }

    /** The keys there are, in the order of the file. */
    public List<String> keys() {
        return List.copyOf(entries.keySet());
    }

    /**
     * This mapping for a reader of one alternative, such as one kind of target among several: what is asked of it a list of keys has
     * under that alternative's own name.
     *
     * @param alternative how a file chooses it, as {@code target: webhook}
     */
    public YamlMapping only(String alternative) {
        return new YamlMapping(this, place.only(alternative));
    }

    /** This mapping for a reader to whom its keys are names of the user's choice; a list of keys has one key, {@code <placeholder>}. */
    public YamlMapping named(String placeholder) {
        return new YamlMapping(this, place.named(placeholder));
    }

    /**
     * Says what holds of a key when the form it is asked in does not tell, for a list of keys. Changes nothing in the reading.
     *
     * @param usual what holds when it is missing, as {@code as allowedIncrease}; empty for what the form says
     * @param legal which values are legal; empty for what the form says
     */
    public void describe(String key, String usual, String legal) {
        tell(key, "", usual, legal);
    }

    /** Declares keys that are legal here but another reader's business. */
    public void leaveAlone(String... keys) {
        List.of(keys).forEach(this::ask);
    }

    /** Declares keys that are legal here and that nobody reads; also of them, one without a value is a fault. */
    public void pass(String... keys) {
        List.of(keys).forEach(key -> ask(key).filter(YamlEntry::isEmpty)
                .ifPresent(entry -> refuse(path(key), entry, "", "any value")));
    }

    /** Records each key never asked for nor left alone; children are not looked into. */
    public void rejectUnknown() {
        String where = place.path().isEmpty() ? "" : " in " + place.path();
        entries.forEach((key, entry) -> {
            if (!legalKeys.contains(key)) {
                String meant = Suggestion.forWord(key, legalKeys);
                String legal = "; legal: " + String.join(", ", legalKeys);
                faults.add(file, entry.line(), "unknown key '" + key + "'" + where + meant + legal);
            }
        });
    }

    /** Records a fault of the caller's finding at a key's line. */
    public void fault(String key, String message) {
        faults.add(file, line(key), message);
    }

    /** Whether a key is there; its absence is recorded. */
    boolean require(String key, String legal) {
        boolean present = has(key);
        if (!present) {
            faults.add(this, path(key) + " is missing; legal: " + legal);
        }
        return present;
    }

    private Optional<YamlEntry> ask(String key) {
        legalKeys.add(key);
        tell(key, "", "", "");
        return Optional.ofNullable(entries.get(key));
    }

    private void tell(String key, String type, String usual, String legal) {
        faults.listener().asked(place.description(key, type, usual, legal));
    }

    private <T> Optional<T> read(String key, ValueForm<T> form, String usual) {
        tell(key, form.type(), usual, form.range());
        return ask(key).flatMap(entry -> value(key, entry, form));
    }

    private <T> Optional<T> readOr(String word, String key, ValueForm<T> form, String usual) {
        ValueForm<T> legal = form.orWord(word);
        tell(key, legal.type(), usual, legal.range());
        return isWord(key, word) ? Optional.empty() : read(key, legal, usual);
    }

    private <T> Optional<T> value(String key, YamlEntry entry, ValueForm<T> form) {
        Optional<T> value = form.reader().apply(entry);
        if (value.isEmpty()) {
            refuse(path(key), entry, form.meant().apply(entry), form.legal());
        }
        return value;
    }

    private List<YamlEntry> items(String key, String plural, String legal) {
        tell(key, "list of " + plural, "", legal);
        Optional<YamlEntry> entry = ask(key);
        if (entry.isPresent() && entry.get().value() instanceof SequenceNode list) {
            return list.getValue().stream().map(YamlMapping::item).toList();
        }
        entry.ifPresent(other -> refuse(path(key), other, "", "a list of " + plural));
        return List.of();
    }

    private static YamlEntry item(Node node) {
        return new YamlEntry(YamlEntry.lineOf(node), node);
    }

    private Optional<YamlMapping> child(Place childPlace, YamlEntry entry, String told) {
        if (entry.value() instanceof MappingNode node) {
            return Optional.of(new YamlMapping(file, entry.line(), childPlace, entriesOf(node), faults));
        }
        refuse(childPlace.path(), entry, "", told);
        return Optional.empty();
    }

    private void refuse(String path, YamlEntry entry, String meant, String legal) {
        String told = path + " is " + entry.described() + meant + "; legal: " + legal + entry.instead(path);
        faults.add(file, entry.line(), told);
    }
}
