package dev.portcullis.launcher.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files of deploy/prometheus and deploy/grafana. */
final class MonitoringFiles {
    static final Path PROMETHEUS =
            Path.of("../deploy/prometheus").toAbsolutePath().normalize();
    static final Path RULES = PROMETHEUS.resolve("portcullis.rules.yaml");

    private static final Path GRAFANA =
            Path.of("../deploy/grafana").toAbsolutePath().normalize();
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private MonitoringFiles() {}

    /**
     * A query of a dashboard.
     *
     * @param at dashboard and panel, as people see them
     * @param expression in PromQL, with Grafana's variables
     */
    record PanelQuery(String at, String expression) {}

    /**
     * A dashboard.
     *
     * @param variables the values that it opens with, by name
     */
    record Dashboard(Path file, JsonNode content, Map<String, String> variables) {
        List<PanelQuery> queries() {
            List<PanelQuery> queries = new ArrayList<>();
            for (var panel : content.path("panels")) {
                for (var target : panel.path("targets")) {
                    queries.add(new PanelQuery(
                            content.path("title").asText() + ": "
                                    + panel.path("title").asText(),
                            target.path("expr").asText()));
                }
            }
            return queries;
        }
    }

    static List<Dashboard> dashboards() {
        try (var files = Files.list(GRAFANA)) {
            return files.sorted().map(MonitoringFiles::dashboard).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Dashboard dashboard(Path file) {
        try {
            var content = JSON.readTree(file.toFile());
            var variables = new java.util.HashMap<String, String>();
            for (var variable : content.at("/templating/list")) {
                variables.put(
                        variable.path("name").asText(),
                        variable.has("allValue")
                                ? variable.path("allValue").asText()
                                : variable.at("/current/value").asText());
            }
            return new Dashboard(file, content, variables);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rules that alert. */
    static List<JsonNode> alerts() {
        try {
            var load = new Load(LoadSettings.builder().build());
            JsonNode file = JSON.valueToTree(load.loadFromString(Files.readString(RULES)));
            List<JsonNode> alerts = new ArrayList<>();
            for (var group : file.path("groups")) {
                for (var rule : group.path("rules")) {
                    if (rule.has("alert")) {
                        alerts.add(rule);
                    }
                }
            }
            return alerts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
