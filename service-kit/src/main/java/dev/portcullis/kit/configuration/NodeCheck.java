package dev.portcullis.kit.configuration;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The look at one document's tree that finds what YAML lets pass and a configuration must not hold, whoever reads it later: keys
 * written twice, keys that are no words, merge keys, tags of other programs, aliases that loop or multiply.
 */
final class NodeCheck {
    /** Above what one file of the largest legal size can spell out without aliases. */
    static final int MOST_VALUES = 1_100_000;

    private static final Set<Tag> LEGAL_TAGS =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP);

    private final String file;
    private final int most;
    private final Faults faults;
    private int values;
    private int reached;
    private boolean readable = true;

    private NodeCheck(String file, int most, Faults faults) {
        this.file = file;
        this.most = most;
        this.faults = faults;
    }

    /** Records the faults of a document; false when its tree is endless or too large to be read at all. */
    static boolean isReadable(String file, Node document, Faults faults) {
        return isReadable(file, document, MOST_VALUES, faults);
    }

    /** @param most values that the document may have, those of an alias each time it stands there */
    static boolean isReadable(String file, Node document, int most, Faults faults) {
        NodeCheck check = new NodeCheck(file, most, faults);
        check.visit(document, YamlEntry.lineOf(document));
        return check.readable;
    }

    /** Visits a value named at {@code line}, which for an alias is not where the value stands. */
    private void visit(Node node, int line) {
        if (!readable) {
            return;
        }
        reached = Math.max(reached, line);
        if (node.isRecursive()) {
            stop(line, "an alias leads back to the value it stands in; write the value out");
        } else if (++values > most) {
            stop(reached, "aliases multiply this document to more than " + most + " values; write the values out");
        } else {
            visitKnown(node, line);
        }
    }

    private void visitKnown(Node node, int line) {
        if (!LEGAL_TAGS.contains(node.getTag())) {
            faults.add(file, line, "tag '" + node.getTag().getValue() + "' is not supported; remove the tag");
        }
        if (node instanceof MappingNode mapping) {
            visitKeys(mapping);
        } else if (node instanceof SequenceNode list) {
            list.getValue().forEach(item -> visit(item, YamlEntry.lineOf(item)));
        }
    }

    private void visitKeys(MappingNode mapping) {
        Map<String, Integer> lines = new HashMap<>();
        for (NodeTuple pair : mapping.getValue()) {
            int line = YamlEntry.lineOf(pair.getKeyNode());
            if (pair.getKeyNode() instanceof ScalarNode key) {
                checkKey(key, line, lines);
            } else {
                faults.add(file, line, "a key is a list or a mapping; legal: text");
            }
            visit(pair.getValueNode(), line);
        }
    }

    private void checkKey(ScalarNode key, int line, Map<String, Integer> lines) {
        if (key.getValue().isBlank()) {
            faults.add(file, line, "a key is empty; write its name before the colon, or remove the line");
            return;
        }
        Integer first = lines.putIfAbsent(key.getValue(), line);
        if (first != null) {
            faults.add(file, line, "duplicate key '" + key.getValue() + "', first in line " + first + "; keep one");
        }
        if (key.isPlain() && key.getValue().equals("<<")) {
            faults.add(file, line, "merge key '<<' is not supported; write the keys out or use an alias as a value");
        }
    }

    private void stop(int line, String message) {
        readable = false;
        faults.add(file, line, message);
    }
}
