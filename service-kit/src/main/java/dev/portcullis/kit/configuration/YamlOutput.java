package dev.portcullis.kit.configuration;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * YAML that is written for other programs.
 *
 * <p>Texts are always quoted and nothing is an alias, so that readers of YAML 1.1, to whom a plain {@code on} is true, read the same
 * as those of 1.2. The same content gives the same text.
 */
public final class YamlOutput {
    private static final DumpSettings SETTINGS = DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setSplitLines(false)
            .setWidth(Integer.MAX_VALUE)
            .setIndent(2)
            .setIndicatorIndent(2)
            .setIndentWithIndicator(true)
            .build();

    private static final Pattern WORD_OF_ANOTHER_YAML = Pattern.compile("(?i)y|yes|n|no|on|off|~|null|true|false");

    private YamlOutput() {}

    /**
     * One document, which ends with a line break.
     *
     * @param content mappings with keys that are text, lists and texts
     * @throws IllegalArgumentException for anything else in it
     */
    public static String of(Map<String, ?> content) {
        return new Present(SETTINGS)
                .emitToString(
                        new Serialize(SETTINGS).serializeOne(node(content)).iterator());
    }

    /** A mapping as it was read, as one document: its comments are left out, its texts written as they were. */
    static String asRead(MappingNode read) {
        return new Present(SETTINGS)
                .emitToString(new Serialize(SETTINGS).serializeOne(read).iterator());
    }

    private static Node node(Object content) {
        return switch (content) {
            case String text -> new ScalarNode(Tag.STR, text, ScalarStyle.SINGLE_QUOTED);
            case List<?> list ->
                new SequenceNode(Tag.SEQ, list.stream().map(YamlOutput::node).toList(), style(list.isEmpty()));
            case Map<?, ?> map ->
                new MappingNode(
                        Tag.MAP, map.entrySet().stream().map(YamlOutput::pair).toList(), style(map.isEmpty()));
            default ->
                throw new IllegalArgumentException(
                        "a " + content.getClass().getName() + " is neither text nor a list nor a mapping");
        };
    }

    private static NodeTuple pair(Map.Entry<?, ?> entry) {
        return new NodeTuple(key(entry.getKey()), node(entry.getValue()));
    }

    private static Node key(Object key) {
        if (!(key instanceof String text)) {
            throw new IllegalArgumentException("the key " + key + " is not text");
        }
        boolean ambiguous = WORD_OF_ANOTHER_YAML.matcher(text).matches();
        return new ScalarNode(Tag.STR, text, ambiguous ? ScalarStyle.SINGLE_QUOTED : ScalarStyle.PLAIN);
    }

    /** What is empty has no block form. */
    private static FlowStyle style(boolean empty) {
        return empty ? FlowStyle.FLOW : FlowStyle.BLOCK;
    }
}
