package dev.portcullis.kit.configuration;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One document of the configuration folder whose head is right; its spec is for its readers to judge.
 *
 * @param file the file's name relative to the folder
 * @param line the document's first line
 * @param apiVersion one of the legal versions
 * @param kind one of the kinds of that version
 * @param name {@code metadata.name}, unique among the documents of the kind
 * @param root the whole document
 */
public record ConfigurationDocument(
        String file, int line, String apiVersion, String kind, String name, YamlMapping root) {
    /**
     * The documents of a text that is in no folder, such as a filled-in template.
     *
     * @param name stands for the file's name in faults
     */
    public static List<ConfigurationDocument> ofText(String name, String text, Faults faults) {
        return List.copyOf(new DocumentReader(faults).read(name, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The spec; after a fault an empty one whose own faults nobody hears of. */
    public YamlMapping spec() {
        return root.requiredMapping("spec");
    }
}
