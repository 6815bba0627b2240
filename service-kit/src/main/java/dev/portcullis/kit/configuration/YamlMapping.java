package dev.portcullis.kit.configuration;

import dev.portcullis.kit.text.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.snakeyaml.engine.v2.nodes.MappingNode;

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

    private final MappingKeys keys;
    private final Place place;
    private final ValueReader values;
    private final Map<String, Optional<YamlMapping>> children;
    private final Map<String, List<YamlMapping>> lists;

    private YamlMapping(MappingKeys keys, Place place) {
        this(keys, place, new HashMap<>(), new HashMap<>());
    }

    private YamlMapping(
            MappingKeys keys,
            Place place,
            Map<String, Optional<YamlMapping>> children,
            Map<String, List<YamlMapping>> lists) {
        this.keys = keys;
        this.place = place;
        this.values = new ValueReader(keys, place);
        this.children = children;
        this.lists = lists;
    }

    /** The same mapping seen from another place. */
    private YamlMapping at(Place other) {
        return new YamlMapping(keys, other, children, lists);
    }

    /** The top of a document; of a key written twice, the first counts. */
    static YamlMapping document(String file, MappingNode node, Faults faults) {
        var keys = MappingKeys.of(file, YamlEntry.lineOf(node), node, faults);
        return new YamlMapping(keys, Place.top(keys.word("kind").orElse("")));
    }

    /**
     * A list that somebody has sent, as the value of a key of a mapping that has no other. What is wrong with it is recorded as if it stood in a file without a name.
     *
     * @param text in YAML or JSON
     * @return empty when it is no list, or none that can be read
     */
    public static Optional<YamlMapping> ofSentList(String key, String text, Faults faults) {
        return SentText.list(key, text, faults).map(list -> document("", list, faults));
    }

    /** All that the mapping says, as JSON in one line, its keys in alphabetical order; of two that say the same, in whatever order and form, the texts are equal. */
    public String json() {
        return JsonOutput.of(keys.node());
    }

    /** All that the mapping says, as YAML without comments; equal texts say the same. */
    public String yaml() {
        return YamlOutput.asRead(keys.node());
    }

    /** The file's name relative to the folder. */
    public String file() {
        return keys.file();
    }

    /** Where this mapping is named: the line of its key, or of its first line in a list or a document. */
    public int line() {
        return keys.line();
    }

    /** The line of a key; of the mapping when it lacks the key. */
    public int line(String key) {
        return keys.line(key);
    }

    /** A key's full name in its document, as {@code spec.objectives[0].slo}. */
    public String path(String key) {
        return place.path(key);
    }

    public boolean has(String key) {
        return values.ask(key).isPresent();
    }

    /** Required text; empty after a fault. */
    public String text(String key) {
        values.require(key, ValueForm.TEXT.legal());
        return values.read(key, ValueForm.TEXT, KeyDescription.REQUIRED).orElse("");
    }

    public Optional<String> optionalText(String key) {
        return values.read(key, ValueForm.TEXT, "");
    }

    public String text(String key, String usual) {
        return values.read(key, ValueForm.TEXT, usual).orElse(usual);
    }

    /** Whether a key is there and holds just this word. */
    public boolean isWord(String key, String word) {
        return values.ask(key).flatMap(YamlEntry::scalar).filter(word::equals).isPresent();
    }

    /** Whether a key is there and holds a mapping, for keys where a word is legal too. */
    public boolean isMapping(String key) {
        return values.ask(key)
                .filter(entry -> entry.value() instanceof MappingNode)
                .isPresent();
    }

    /** A finite decimal number between two bounds, either of which may be infinite. */
    public OptionalDouble number(String key, double min, boolean minInclusive, double max, boolean maxInclusive) {
        return values.read(key, ValueForm.number(new Interval(min, minInclusive, max, maxInclusive)), "").stream()
                .mapToDouble(Double::doubleValue)
                .findFirst();
    }

    /** The same with the number that holds when the key is missing. */
    public double number(String key, double usual, double min, boolean minInclusive, double max, boolean maxInclusive) {
        Interval legal = new Interval(min, minInclusive, max, maxInclusive);
        return values.read(key, ValueForm.number(legal), Interval.plain(usual)).orElse(usual);
    }

    /** Like {@link #number(String, double, boolean, double, boolean)} where the key must be there; {@code min} after a fault. */
    public double requiredNumber(String key, double min, boolean minInclusive, double max, boolean maxInclusive) {
        ValueForm<Double> form = ValueForm.number(new Interval(min, minInclusive, max, maxInclusive));
        values.require(key, form.legal());
        return values.read(key, form, KeyDescription.REQUIRED).orElse(min);
    }

    /** Like {@link #number}, where a word is legal too: {@code usual} and no fault when it stands there. */
    public double numberOr(
            String word, String key, double usual, double min, boolean minInclusive, double max, boolean maxInclusive) {
        ValueForm<Double> legal = ValueForm.number(new Interval(min, minInclusive, max, maxInclusive));
        return values.readOr(word, key, legal, Interval.plain(usual)).orElse(usual);
    }

    /** A whole number from {@code min} to {@code max}, both legal. */
    public OptionalInt wholeNumber(String key, int min, int max) {
        return values.read(key, ValueForm.wholeNumber(min, max), "").stream()
                .mapToInt(Integer::intValue)
                .findFirst();
    }

    /** The same with the number that holds when the key is missing. */
    public int wholeNumber(String key, int usual, int min, int max) {
        return values.read(key, ValueForm.wholeNumber(min, max), String.valueOf(usual))
                .orElse(usual);
    }

    /** A length of time from {@code min} to {@code max}, both legal, written with units w, d, h, m, s, ms: {@code 1h30m}. */
    public Optional<Duration> duration(String key, Duration min, Duration max) {
        return values.read(key, ValueForm.duration(min, max).suchAs(DURATIONS), "");
    }

    /** The same with the time that holds when the key is missing. */
    public Duration duration(String key, Duration usual, Duration min, Duration max) {
        return values.read(key, ValueForm.duration(min, max).suchAs(DURATIONS), DurationText.compact(usual))
                .orElse(usual);
    }

    /** Like {@link #duration(String, Duration, Duration)} where the key must be there; {@code min} after a fault. */
    public Duration requiredDuration(String key, Duration min, Duration max) {
        ValueForm<Duration> form = ValueForm.duration(min, max).suchAs(DURATIONS);
        values.require(key, form.legal());
        return values.read(key, form, KeyDescription.REQUIRED).orElse(min);
    }

    /** Like {@link #duration}, where a word is legal too: {@code usual} and no fault when it stands there. */
    public Duration durationOr(String word, String key, Duration usual, Duration min, Duration max) {
        ValueForm<Duration> legal = ValueForm.duration(min, max).suchAs(DURATIONS);
        return values.readOr(word, key, legal, DurationText.compact(usual)).orElse(usual);
    }

    public Optional<Boolean> flag(String key) {
        return values.read(key, ValueForm.FLAG, "");
    }

    public boolean flag(String key, boolean usual) {
        return values.read(key, ValueForm.FLAG, String.valueOf(usual)).orElse(usual);
    }

    /** One of the legal words, spelled exactly. */
    public Optional<String> choice(String key, Collection<String> legal) {
        return values.read(key, ValueForm.choice(legal), "");
    }

    /** The same with the word that holds when the key is missing. */
    public String choice(String key, String usual, Collection<String> legal) {
        return values.read(key, ValueForm.choice(legal), usual).orElse(usual);
    }

    /** Like {@link #choice(String, Collection)} where the legal words are too many to list: {@code told} describes them. */
    public Optional<String> choice(String key, Collection<String> legal, String told) {
        return values.read(key, ValueForm.choice(legal).told(told), "");
    }

    /** The word at a key as it is written, numbers too; empty and no fault when there is none. */
    public Optional<String> written(String key) {
        values.tell(key, ValueForm.WORD.type(), "", "");
        return values.ask(key).flatMap(YamlEntry::scalar);
    }

    public Optional<YamlMapping> mapping(String key) {
        values.tell(key, "mapping", "", "");
        return values.ask(key)
                .flatMap(entry -> children.computeIfAbsent(key, name -> child(place.child(name), entry, "a mapping")));
    }

    /** A mapping that must be there; after a fault an empty one whose own faults nobody hears of. */
    public YamlMapping requiredMapping(String key) {
        values.tell(key, "mapping", KeyDescription.REQUIRED, "");
        Optional<YamlMapping> found = values.require(key, "a mapping") ? mapping(key) : Optional.empty();
        return found.orElseGet(() -> absent(key, keys.faults().unheard()));
    }

    /** A mapping that may be missing: then an empty one, all of whose keys have their defaults. */
    public YamlMapping optionalMapping(String key) {
        return mapping(key).orElseGet(() -> absent(key, keys.faults()));
    }

    private YamlMapping absent(String key, Faults heard) {
        return new YamlMapping(keys.absent(key, heard), place.child(key));
    }

    /** The mappings of a list; a wrong item is a fault at the item's line and left out. Empty when the key is absent. */
    public List<YamlMapping> mappings(String key) {
        return mappings(key, "a mapping");
    }

    /** Like {@link #mappings(String)}; {@code told} describes what an item may be. */
    public List<YamlMapping> mappings(String key, String told) {
        return lists.computeIfAbsent(key, name -> {
            List<YamlMapping> found = new ArrayList<>();
            List<YamlEntry> items = values.items(name, "mappings", "");
            for (int index = 0; index < items.size(); index++) {
                child(place.item(name, index), items.get(index), told).ifPresent(found::add);
            }
            return List.copyOf(found);
        });
    }

    /** The words of a list as they are written, numbers too. Empty when the key is absent. */
    public List<String> texts(String key) {
        return values.list(key, "texts", ValueForm.WORD);
    }

    /** The lengths of time of a list; a wrong item is a fault at the item's line and left out. Empty when the key is absent. */
    public List<Duration> durations(String key, Duration min, Duration max) {
        return values.list(key, "durations", ValueForm.duration(min, max));
    }

    /** Keys and words as they are written, numbers too, in the order of the file. Empty when the key is absent. */
    public Map<String, String> textMap(String key) {
        Map<String, String> found = new LinkedHashMap<>();
        YamlMapping words = optionalMapping(key).named("name");
        for (String name : words.keys()) {
            words.values.read(name, ValueForm.WORD, "").ifPresent(word -> found.put(name, word));
        }
        return Collections.unmodifiableMap(found);
    }

    /** The keys there are, in the order of the file. */
    public List<String> keys() {
        return keys.names();
    }

    /**
     * This mapping for a reader of one alternative, such as one kind of target among several: what is asked of it a list of keys has
     * under that alternative's own name.
     *
     * @param alternative how a file chooses it, as {@code target: webhook}
     */
    public YamlMapping only(String alternative) {
        return at(place.only(alternative));
    }

    /** This mapping for a reader to whom its keys are names of the user's choice; a list of keys has one key, {@code <placeholder>}. */
    public YamlMapping named(String placeholder) {
        return at(place.named(placeholder));
    }

    /**
     * Says what holds of a key when the form it is asked in does not tell, for a list of keys. Changes nothing in the reading.
     *
     * @param usual what holds when it is missing, as {@code as allowedIncrease}; empty for what the form says
     * @param legal which values are legal; empty for what the form says
     */
    public void describe(String key, String usual, String legal) {
        values.tell(key, "", usual, legal);
    }

    /** Declares keys that are legal here but another reader's business. */
    public void leaveAlone(String... others) {
        List.of(others).forEach(values::ask);
    }

    /** Declares keys that are legal here and that nobody reads; also of them, one without a value is a fault. */
    public void pass(String... others) {
        List.of(others).forEach(values::pass);
    }

    /** Records each key never asked for nor left alone; children are not looked into. */
    public void rejectUnknown() {
        keys.rejectUnknown(place.path().isEmpty() ? "" : " in " + place.path());
    }

    /** Records a fault of the caller's finding at a key's line. */
    public void fault(String key, String message) {
        keys.fault(key, message);
    }

    /** Whether a key is there; its absence is recorded. */
    boolean require(String key, String legal) {
        return values.require(key, legal);
    }

    private Optional<YamlMapping> child(Place childPlace, YamlEntry entry, String told) {
        if (entry.value() instanceof MappingNode node) {
            return Optional.of(new YamlMapping(keys.child(entry.line(), node), childPlace));
        }
        keys.refuse(childPlace.path(), entry, "", told);
        return Optional.empty();
    }
}
