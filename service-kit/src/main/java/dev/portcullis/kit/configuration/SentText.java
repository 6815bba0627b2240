package dev.portcullis.kit.configuration;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A part of a configuration that a caller has sent, in YAML or JSON, which is a part of YAML. */
final class SentText {
    private static final String NO_FILE = "";
    /** Above what a text has that is no attack: whoever sends it pays nothing for aliases. */
    private static final int MOST_VALUES = 10_000;

    private SentText() {}

    /** The list of a text as the value of a key; empty after a fault. */
    static Optional<MappingNode> list(String key, String text, Faults faults) {
        var documents = YamlText.documents(NO_FILE, text, faults);
        if (!faults.isEmpty()) {
            return Optional.empty();
        }
        if (documents.size() != 1 || !(documents.getFirst() instanceof SequenceNode list)) {
            var found = documents.size() == 1
                    ? new YamlEntry(1, documents.getFirst()).described()
                    : documents.size() + " documents";
            faults.add(NO_FILE, 1, key + " is " + found + "; legal: a list");
            return Optional.empty();
        }
        return NodeCheck.isReadable(NO_FILE, list, MOST_VALUES, faults) && faults.isEmpty()
                ? Optional.of(new MappingNode(
                        Tag.MAP,
                        List.of(new NodeTuple(new ScalarNode(Tag.STR, key, ScalarStyle.PLAIN), list)),
                        FlowStyle.BLOCK))
                : Optional.empty();
    }
}
