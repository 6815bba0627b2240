package dev.portcullis.kit.configuration;

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
    private static final String TEXT = "text, in quotes if it could be read as a number or as true or false";

    private final String file;
    private final int line;
    private final String path;
    private final Map<String, YamlEntry> entries;
    private final Faults faults;
    private final Set<String> legalKeys = new LinkedHashSet<>();
    private final Map<String, Optional<YamlMapping>> children = new HashMap<>();
    private final Map<String, List<YamlMapping>> lists = new HashMap<>();

    private YamlMapping(String file, int line, String path, Map<String, YamlEntry> entries, Faults faults) {
        this.file = file;
        this.line = line;
        this.path = path;
        this.entries = entries;
        this.faults = faults;
    }

    /** The top of a document; of a key written twice, the first counts. */
    static YamlMapping document(String file, MappingNode node, Faults faults) {
        return new YamlMapping(file, YamlEntry.lineOf(node), "", entriesOf(node), faults);
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
        return path.isEmpty() ? key : path + "." + key;
    }

    public boolean has(String key) {
        return ask(key).isPresent();
    }

    /** Required text; empty after a fault. */
    public String text(String key) {
        return require(key, TEXT) ? optionalText(key).orElse("") : "";
    }

    public Optional<String> optionalText(String key) {
        return ask(key).flatMap(entry -> orFault(key, entry, entry.text().filter(text -> !text.isBlank()), TEXT));
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
        Interval legal = new Interval(min, minInclusive, max, maxInclusive);
        return number(key, legal, legal.toString());
    }

    /** Like {@link #number}, where a word is legal too: empty and no fault when it stands there. */
    public OptionalDouble numberOr(
            String word, String key, double min, boolean minInclusive, double max, boolean maxInclusive) {
        Interval legal = new Interval(min, minInclusive, max, maxInclusive);
        return isWord(key, word) ? OptionalDouble.empty() : number(key, legal, word + ", or " + legal);
    }

    private OptionalDouble number(String key, Interval range, String legal) {
        Optional<YamlEntry> entry = ask(key);
        OptionalDouble number = entry.map(YamlEntry::number)
                .filter(found -> found.isPresent() && range.contains(found.getAsDouble()))
                .orElse(OptionalDouble.empty());
        entry.filter(found -> number.isEmpty()).ifPresent(found -> refuse(key, found, legal));
        return number;
    }

    /** A whole number from {@code min} to {@code max}, both legal. */
    public OptionalInt wholeNumber(String key, int min, int max) {
        String legal = "a whole number from " + min + " to " + max;
        Optional<YamlEntry> entry = ask(key);
        OptionalInt number = entry.stream()
                .flatMapToDouble(found -> found.number().stream())
                .filter(found -> found == Math.rint(found) && found >= min && found <= max)
                .mapToInt(found -> (int) found)
                .findFirst();
        entry.filter(found -> number.isEmpty()).ifPresent(found -> refuse(key, found, legal));
        return number;
    }

    /** A length of time from {@code min} to {@code max}, both legal, written with units w, d, h, m, s, ms: {@code 1h30m}. */
    public Optional<Duration> duration(String key, Duration min, Duration max) {
        return duration(key, min, max, "");
    }

    /** Like {@link #duration}, where a word is legal too: empty and no fault when it stands there. */
    public Optional<Duration> durationOr(String word, String key, Duration min, Duration max) {
        return isWord(key, word) ? Optional.empty() : duration(key, min, max, word + ", or ");
    }

    private Optional<Duration> duration(String key, Duration min, Duration max, String alternative) {
        String legal = alternative + "a duration from " + DurationText.of(min) + " to " + DurationText.of(max)
                + ", as 500ms, 15s, 1h30m or 30d";
        return ask(key).flatMap(entry -> orFault(
                key,
                entry,
                entry.scalar()
                        .flatMap(DurationText::parse)
                        .filter(found -> found.compareTo(min) >= 0 && found.compareTo(max) <= 0),
                legal));
    }

    public Optional<Boolean> flag(String key) {
        return ask(key).flatMap(entry -> orFault(key, entry, entry.flag(), "true, false"));
    }

    /** One of the legal words, spelled exactly. */
    public Optional<String> choice(String key, Collection<String> legal) {
        return choice(key, legal, String.join(", ", legal));
    }

    /** Like {@link #choice(String, Collection)} where the legal words are too many to list: {@code told} describes them. */
    public Optional<String> choice(String key, Collection<String> legal, String told) {
        return ask(key).flatMap(entry -> {
            Optional<String> word = entry.scalar();
            String meant = word.map(given -> Suggestion.forWord(given, legal)).orElse("");
            return orFault(key, entry, word.filter(legal::contains), meant, told);
        });
    }

    /** The word at a key as it is written, numbers too; empty and no fault when there is none. */
    public Optional<String> written(String key) {
        return ask(key).flatMap(YamlEntry::scalar);
    }

    public Optional<YamlMapping> mapping(String key) {
        return ask(key).flatMap(entry -> children.computeIfAbsent(key, name -> child(path(name), entry, "a mapping")));
    }

    /** A mapping that must be there; after a fault an empty one whose own faults nobody hears of. */
    public YamlMapping requiredMapping(String key) {
        Optional<YamlMapping> found = require(key, "a mapping") ? mapping(key) : Optional.empty();
        return found.orElseGet(() -> new YamlMapping(file, line(key), path(key), Map.of(), new Faults()));
    }

    /** A mapping that may be missing: then an empty one, all of whose keys have their defaults. */
    public YamlMapping optionalMapping(String key) {
        return mapping(key).orElseGet(() -> new YamlMapping(file, line(key), path(key), Map.of(), faults));
    }

    /** The mappings of a list; a wrong item is a fault at the item's line and left out. Empty when the key is absent. */
    public List<YamlMapping> mappings(String key) {
        return mappings(key, "a mapping");
    }

    /** Like {@link #mappings(String)}; {@code told} describes what an item may be. */
    public List<YamlMapping> mappings(String key, String told) {
        return lists.computeIfAbsent(key, name -> {
            List<YamlMapping> found = new ArrayList<>();
            List<YamlEntry> items = items(name, "a list of mappings");
            for (int index = 0; index < items.size(); index++) {
                child(path(name) + "[" + index + "]", items.get(index), told).ifPresent(found::add);
            }
            return List.copyOf(found);
        });
    }

    /** The words of a list as they are written, numbers too. Empty when the key is absent. */
    public List<String> texts(String key) {
        List<String> found = new ArrayList<>();
        List<YamlEntry> items = items(key, "a list of texts");
        for (int index = 0; index < items.size(); index++) {
            word(path(key) + "[" + index + "]", items.get(index)).ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    /** The lengths of time of a list; a wrong item is a fault at the item's line and left out. Empty when the key is absent. */
    public List<Duration> durations(String key, Duration min, Duration max) {
        String legal = "a duration from " + DurationText.of(min) + " to " + DurationText.of(max);
        List<Duration> found = new ArrayList<>();
        List<YamlEntry> items = items(key, "a list of durations");
        for (int index = 0; index < items.size(); index++) {
            YamlEntry item = items.get(index);
            orFault(
                            key + "[" + index + "]",
                            item,
                            item.scalar()
                                    .flatMap(DurationText::parse)
                                    .filter(time -> time.compareTo(min) >= 0 && time.compareTo(max) <= 0),
                            legal)
                    .ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    /** Keys and words as they are written, numbers too, in the order of the file. Empty when the key is absent. */
    public Map<String, String> textMap(String key) {
        Map<String, String> found = new LinkedHashMap<>();
        mapping(key)
                .ifPresent(child -> child.entries.forEach(
                        (name, entry) -> child.word(child.path(name), entry).ifPresent(word -> found.put(name, word))));
        return Collections.unmodifiableMap(found);
    }

    /** Declares keys that are legal here but another reader's business. */
    public void leaveAlone(String... keys) {
        legalKeys.addAll(List.of(keys));
    }

    /** Records each key never asked for nor left alone; children are not looked into. */
    public void rejectUnknown() {
        String where = path.isEmpty() ? "" : " in " + path;
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
        return Optional.ofNullable(entries.get(key));
    }

    private List<YamlEntry> items(String key, String legal) {
        Optional<YamlEntry> entry = ask(key);
        if (entry.isPresent() && entry.get().value() instanceof SequenceNode list) {
            return list.getValue().stream().map(YamlMapping::item).toList();
        }
        entry.ifPresent(other -> refuse(key, other, legal));
        return List.of();
    }

    private static YamlEntry item(Node node) {
        return new YamlEntry(YamlEntry.lineOf(node), node);
    }

    private Optional<YamlMapping> child(String childPath, YamlEntry entry, String told) {
        if (entry.value() instanceof MappingNode node) {
            return Optional.of(new YamlMapping(file, entry.line(), childPath, entriesOf(node), faults));
        }
        faults.add(file, entry.line(), childPath + " is " + entry.described() + "; legal: " + told);
        return Optional.empty();
    }

    private Optional<String> word(String wordPath, YamlEntry entry) {
        Optional<String> word = entry.scalar();
        if (word.isEmpty()) {
            faults.add(file, entry.line(), wordPath + " is " + entry.described() + "; legal: text");
        }
        return word;
    }

    private <T> Optional<T> orFault(String key, YamlEntry entry, Optional<T> value, String legal) {
        return orFault(key, entry, value, "", legal);
    }

    private <T> Optional<T> orFault(String key, YamlEntry entry, Optional<T> value, String meant, String legal) {
        if (value.isEmpty()) {
            faults.add(file, entry.line(), path(key) + " is " + entry.described() + meant + "; legal: " + legal);
        }
        return value;
    }

    private void refuse(String key, YamlEntry entry, String legal) {
        orFault(key, entry, Optional.empty(), legal);
    }
}
