package dev.portcullis.kit.configuration;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The keys of one mapping in a file with their lines, and which of them are legal because somebody asked for them. Not thread-safe. */
final class MappingKeys {
    private final String file;
    private final int line;
    private final Map<String, YamlEntry> entries;
    private final Faults faults;
    private final Set<String> legal = new LinkedHashSet<>();

    private MappingKeys(String file, int line, Map<String, YamlEntry> entries, Faults faults) {
        this.file = file;
        this.line = line;
        this.entries = entries;
        this.faults = faults;
    }

    /**
     * Those of a mapping; of a key written twice, the first counts.
     *
     * @param line where the mapping is named
     * @param faults gets what is wrong with them
     */
    static MappingKeys of(String file, int line, MappingNode node, Faults faults) {
        Map<String, YamlEntry> entries = new LinkedHashMap<>();
        for (NodeTuple pair : node.getValue()) {
            if (pair.getKeyNode() instanceof ScalarNode key) {
                entries.putIfAbsent(key.getValue(), new YamlEntry(YamlEntry.lineOf(key), pair.getValueNode()));
            }
        }
        return new MappingKeys(file, line, entries, faults);
    }

    /** The keys of a mapping inside this one. */
    MappingKeys child(int childLine, MappingNode node) {
        return of(file, childLine, node, faults);
    }

    /**
     * Those of a mapping that this one lacks: none.
     *
     * @param heard gets what is wrong with it
     */
    MappingKeys absent(String key, Faults heard) {
        return new MappingKeys(file, line(key), Map.of(), heard);
    }

    String file() {
        return file;
    }

    /** The mapping itself; of a key written twice, the first. */
    MappingNode node() {
        var pairs = entries.entrySet().stream()
                .map(entry -> new NodeTuple(
                        new ScalarNode(Tag.STR, entry.getKey(), ScalarStyle.PLAIN),
                        entry.getValue().value()))
                .toList();
        return new MappingNode(Tag.MAP, pairs, FlowStyle.BLOCK);
    }

    int line() {
        return line;
    }

    /** The line of a key; of the mapping when it lacks the key. */
    int line(String key) {
        YamlEntry entry = entries.get(key);
        return entry == null ? line : entry.line();
    }

    Faults faults() {
        return faults;
    }

    /** The keys there are, in the order of the file. */
    List<String> names() {
        return List.copyOf(entries.keySet());
    }

    /** What stands behind a key, which is legal from now on. */
    Optional<YamlEntry> ask(String key) {
        legal.add(key);
        return Optional.ofNullable(entries.get(key));
    }

    /** The word behind a key, which is not asked for by that. */
    Optional<String> word(String key) {
        return Optional.ofNullable(entries.get(key)).flatMap(YamlEntry::scalar);
    }

    /** Records each key that nobody asked for; {@code where} follows its name. */
    void rejectUnknown(String where) {
        entries.forEach((key, entry) -> {
            if (!legal.contains(key)) {
                String meant = Suggestion.forWord(key, legal);
                String all = "; legal: " + String.join(", ", legal);
                faults.add(file, entry.line(), "unknown key '" + key + "'" + where + meant + all);
            }
        });
    }

    /** Records a fault at a key's line. */
    void fault(String key, String message) {
        faults.add(file, line(key), message);
    }

    /** Records that a value is not legal. */
    void refuse(String path, YamlEntry entry, String meant, String legalValues) {
        String told = path + " is " + entry.described() + meant + "; legal: " + legalValues + entry.instead(path);
        faults.add(file, entry.line(), told);
    }
}
