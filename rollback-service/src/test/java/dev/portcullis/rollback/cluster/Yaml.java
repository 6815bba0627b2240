package dev.portcullis.rollback.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;

/** YAML as fabric8 reads it. */
public final class Yaml {
    private static final String DOCUMENT = "---\n";

    private Yaml() {}

    /** One object. What begins with a brace would be read as JSON, but for the line before it. */
    public static ObjectNode object(String text) {
        return Serialization.unmarshal(DOCUMENT + text, ObjectNode.class);
    }
}
