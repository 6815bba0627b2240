package dev.portcullis.launcher.configuration;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON Schema of the documents of the configuration folder, for editors, made of the tables of the page. */
final class ConfigurationSchema {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** Keys whose content is a section of its own. */
    private static final Map<String, String> SECTIONS = Map.of(
            "metricSource", "metricSource",
            "indicator.spec", "SLI",
            "alertPolicies[].spec", "AlertPolicy",
            "conditions[].spec", "AlertCondition",
            "notificationTargets[].spec", "AlertNotificationTarget");

    private final List<KeyLine> lines;
    private final Map<String, String> sentences;

    private ConfigurationSchema(ConfigurationPage page) {
        this.lines = page.keys();
        this.sentences = page.sentences();
    }

    static String of(ConfigurationPage page) throws IOException {
        var schema = new ConfigurationSchema(page).document();
        return new ObjectMapper()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .writeValueAsString(schema)
                        .replace("\r\n", "\n")
                + "\n";
    }

    private ObjectNode document() {
        var document = JSON.objectNode();
        document.put("$schema", "http://json-schema.org/draft-07/schema#");
        document.put("title", "A document of Portcullis' configuration folder");
        document.setAll(content(KeyTree.of(lines, ReaderKeys.HEAD)));
        var kinds = document.putArray("allOf");
        var definitions = document.putObject("definitions");
        sections().forEach((section, tree) -> {
            definitions.set(section, content(tree));
            if (!section.equals("metricSource")) {
                kinds.add(ofKind(section));
            }
        });
        return document;
    }

    private Map<String, KeyTree> sections() {
        Map<String, KeyTree> sections = new LinkedHashMap<>();
        lines.stream()
                .map(line -> line.section().split(" / ")[0])
                .filter(section -> !section.equals(ReaderKeys.HEAD))
                .forEach(section -> sections.computeIfAbsent(section, name -> KeyTree.of(lines, name)));
        return sections;
    }

    private static ObjectNode ofKind(String kind) {
        var rule = JSON.objectNode();
        rule.putObject("if").putObject("properties").putObject("kind").put("const", kind);
        rule.putObject("then").putObject("properties").set("spec", reference(kind));
        return rule;
    }

    private static ObjectNode reference(String section) {
        return JSON.objectNode().put("$ref", "#/definitions/" + section);
    }

    /** A mapping with these keys and no other; the step of a chain has those of its target besides. */
    private ObjectNode content(KeyTree tree) {
        var schema = ValueSchema.type("object");
        var properties = schema.putObject("properties");
        var required = JSON.arrayNode();
        if (!tree.children().containsKey("optional")) {
            schema.put("additionalProperties", false);
        }
        tree.children().forEach((name, child) -> {
            if (name.startsWith("<")) {
                schema.set("additionalProperties", value(child));
            } else {
                properties.set(name, value(child));
            }
            if (child.required()) {
                required.add(name);
            }
        });
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema;
    }

    private ObjectNode value(KeyTree tree) {
        var line = tree.line().orElseThrow();
        var schema = JSON.objectNode();
        schema.put("description", sentences.getOrDefault(line.key(), "") + " Default: " + line.usual() + ".");
        schema.setAll(form(line, tree));
        return schema;
    }

    private ObjectNode form(KeyLine line, KeyTree tree) {
        var section = SECTIONS.entrySet().stream()
                .filter(entry -> line.path().endsWith(entry.getKey()))
                .findFirst();
        if (section.isPresent()) {
            return JSON.objectNode()
                    .set("allOf", JSON.arrayNode().add(reference(section.get().getValue())));
        }
        if (line.type().equals("mapping or word")) {
            var either = JSON.objectNode();
            either.putArray("anyOf").add(ValueSchema.type("string")).add(content(tree));
            return either;
        }
        if (tree.children().isEmpty()) {
            return ValueSchema.of(line);
        }
        var items = tree.children().get("[]");
        return items == null ? content(tree) : ValueSchema.list(content(items));
    }
}
