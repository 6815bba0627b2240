package dev.portcullis.kit.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** The text of one file cut into the YAML trees of its documents. */
final class YamlText {
    private YamlText() {}

    /** The documents before the first syntax fault, which is recorded where the parser stopped. */
    static List<Node> documents(String file, String text, Faults faults) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setSchema(new PlainSchema())
                .setUseMarks(true)
                // Keys that are no words, and aliases, are NodeCheck's to refuse: it knows the line.
                .setAllowNonScalarKeys(true)
                .setMaxAliasesForCollections(Integer.MAX_VALUE)
                .build();
        StreamReader reader = new StreamReader(settings, text);
        Composer composer = new Composer(settings, new NestingLimit(new ParserImpl(settings, reader)));
        List<Node> documents = new ArrayList<>();
        try {
            while (composer.hasNext()) {
                documents.add(composer.next());
            }
        } catch (MarkedYamlEngineException stop) {
            faults.add(file, lineOf(stop), "not YAML: " + reason(stop));
        } catch (RuntimeException stop) {
            // Some broken escapes and directives end in an exception without a mark, or one that is not the library's
            // at all.
            faults.add(file, reader.getLine() + 1, "not YAML: the parser gave up here: " + stop.getMessage());
        }
        return documents;
    }

    /** YAML 1.2's core words without merge keys, which would put keys where the file does not show them. */
    private static final class PlainSchema extends CoreSchema {
        @Override
        public ScalarResolver getScalarResolver() {
            ScalarResolver core = super.getScalarResolver();
            return (word, implicit) -> {
                Tag tag = core.resolve(word, implicit);
                return tag.equals(Tag.MERGE) ? Tag.STR : tag;
            };
        }
    }

    private static int lineOf(MarkedYamlEngineException stop) {
        Optional<Mark> mark = stop.getProblemMark().or(stop::getContextMark);
        return mark.map(Mark::getLine).orElse(0) + 1;
    }

    private static String reason(MarkedYamlEngineException stop) {
        return Stream.of(Optional.ofNullable(stop.getContext()), Optional.ofNullable(stop.getProblem()))
                .flatMap(Optional::stream)
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(": "));
    }
}
