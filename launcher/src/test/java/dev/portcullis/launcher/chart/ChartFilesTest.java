package dev.portcullis.launcher.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.kit.launch.ServiceLauncher;
import dev.portcullis.kit.testing.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The chart's own files agree with each other and with the services, without Helm. */
final class ChartFilesTest {
    private static final Pattern ENVIRONMENT = Pattern.compile("(?m)^\\| `(PORTCULLIS_\\w+)`");

    private static JsonNode yaml(String file) throws IOException {
        return RenderedChart.documents(Files.readString(RenderedChart.CHART.resolve(file)))
                .getFirst();
    }

    private static JsonNode schema() throws IOException {
        return RenderedChart.JSON.readTree(
                RenderedChart.CHART.resolve("values.schema.json").toFile());
    }

    private static void keys(JsonNode node, String at, TreeSet<String> keys) {
        for (var field : node.properties()) {
            keys.add(at + field.getKey());
            keys(field.getValue(), at + field.getKey() + ".", keys);
        }
    }

    private static JsonNode resolved(JsonNode schema, JsonNode root) {
        return schema.has("$ref") ? root.at(schema.path("$ref").asText().substring(1)) : schema;
    }

    private static void schemaKeys(JsonNode schema, JsonNode root, String at, TreeSet<String> keys) {
        var properties = resolved(schema, root).path("properties");
        for (var field : properties.properties()) {
            keys.add(at + field.getKey());
            schemaKeys(field.getValue(), root, at + field.getKey() + ".", keys);
        }
    }

    @Test
    void theSchemaHasTheKeysOfTheValuesAndRefusesOthers() throws IOException {
        var schema = schema();
        var allowed = new TreeSet<String>();
        schemaKeys(schema, schema, "", allowed);
        var written = new TreeSet<String>();
        keys(yaml("values.yaml"), "", written);
        // of a map whose keys anybody chooses the schema has none
        written.removeIf(key -> key.startsWith("monitoring.dashboards.labels."));
        var missing = new TreeSet<>(written);
        missing.removeAll(allowed);
        assertEquals(new TreeSet<String>(), missing);
        var unwritten = new TreeSet<>(allowed);
        unwritten.removeAll(written);
        unwritten.removeIf(key -> key.matches(".*\\.(requests|limits)\\..*|global"));
        assertEquals(new TreeSet<String>(), unwritten);
        closed(schema, "");
    }

    /** Every object that names its properties allows no other. */
    private static void closed(JsonNode node, String at) {
        if (node.has("properties") && node.path("properties").isObject()) {
            assertTrue(
                    node.has("additionalProperties")
                            && !node.path("additionalProperties").asBoolean(true),
                    at);
        }
        for (var field : node.properties()) {
            closed(field.getValue(), at + "/" + field.getKey());
        }
    }

    @Test
    void theVersionIsThatOfTheServices() throws IOException {
        assertEquals(
                ServiceLauncher.VERSION, yaml("Chart.yaml").path("appVersion").asText());
    }

    /** A variable of the page is set by the chart, may be set by its user, or is of no use in a pod. */
    @Test
    void everyVariableOfThePageHasAPlace() throws IOException {
        var pattern = Pattern.compile(
                schema().at("/properties/environment/propertyNames/pattern").asText());
        var templates = Files.readString(RenderedChart.CHART.resolve("templates/_pods.tpl"))
                .replace(
                        "PORTCULLIS_{{ upper $service }}_ADDRESS",
                        "PORTCULLIS_ANALYSIS_ADDRESS PORTCULLIS_GATE_ADDRESS PORTCULLIS_ROLLBACK_ADDRESS");
        var without = new TreeSet<String>();
        ENVIRONMENT
                .matcher(Page.of("docs/configuration.md").text())
                .results()
                .map(found -> found.group(1))
                .filter(name -> !pattern.matcher(name).matches() && !templates.contains(name))
                .forEach(without::add);
        without.removeIf(name -> name.matches("PORTCULLIS_(GATE|ANALYSIS|ROLLBACK)_(HTTP|GRPC)_PORT"));
        assertEquals(
                new TreeSet<>(java.util.List.of(
                        "PORTCULLIS_AUDIT_CHECKPOINT",
                        "PORTCULLIS_TLS_CLIENT_CERTIFICATE_FILE",
                        "PORTCULLIS_TLS_CLIENT_KEY_FILE")),
                without);
    }
}
