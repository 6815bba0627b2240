package dev.portcullis.launcher.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.message.MessageEvent;
import dev.portcullis.kit.testing.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every alert and every message that calls a person has its page, every page one of them, and a dashboard opens as it is. */
final class RunbooksTest {
    private static final List<String> SECTIONS =
            List.of("## Symptoms", "## Immediate mitigation", "## Investigation", "## Prevention");
    /** Of the alerts that ./portcullis rules prints. */
    private static final String OF_SLOS = "docs/runbooks/error-budget-burn.md";

    private static String page(String alert) {
        return "docs/runbooks/"
                + alert.replaceFirst("^Portcullis", "")
                        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                        .toLowerCase(Locale.ROOT)
                + ".md";
    }

    @Test
    void everyAlertNamesThePageOfItsNameWhichHasEverySection() {
        for (var rule : MonitoringFiles.alerts()) {
            var alert = rule.path("alert").asText();
            var page = page(alert);
            assertEquals(page, rule.at("/annotations/runbook_url").asText());
            var headings = Page.of(page)
                    .text()
                    .lines()
                    .filter(line -> line.startsWith("#"))
                    .toList();
            assertEquals("# Runbook: " + alert, headings.getFirst());
            assertEquals(SECTIONS, headings.subList(1, headings.size()), page);
            assertTrue(
                    List.of("page", "ticket", "none")
                            .contains(rule.at("/labels/severity").asText()),
                    alert);
            assertTrue(rule.at("/annotations/summary").isTextual()
                    && rule.at("/annotations/description").isTextual());
        }
    }

    /** .ci/run has promtool run them. */
    @Test
    void aTestOfPromtoolSeesEveryAlertFire() throws IOException {
        var tests = Files.readString(MonitoringFiles.PROMETHEUS.resolve("portcullis.test.yaml"));
        var silent = new TreeSet<String>();
        for (var rule : MonitoringFiles.alerts()) {
            var alert = rule.path("alert").asText();
            if (!tests.contains("alertname: " + alert + "\n    exp_alerts:\n    - exp_labels:")) {
                silent.add(alert);
            }
        }
        assertEquals(new TreeSet<String>(), silent);
    }

    /** docs/monitoring.md lists them with their severities. */
    @Test
    void everyAlertIsOnThePage() {
        var page = Page.of("docs/monitoring.md").text();
        for (var rule : MonitoringFiles.alerts()) {
            var alert = rule.path("alert").asText();
            var row = "| [" + alert + "](" + page(alert).replace("docs/", "") + ") | "
                    + rule.at("/labels/severity").asText() + " | ";
            assertTrue(page.contains(row), row);
        }
    }

    private static List<String> pagesOfMessages() {
        return MessageEvent.forPeople().stream()
                .map(event -> "docs/runbooks/" + event.runbook() + ".md")
                .toList();
    }

    @Test
    void everyMessageThatCallsAPersonHasAPageWithEverySection() {
        for (var page : pagesOfMessages()) {
            var headings = Page.of(page)
                    .text()
                    .lines()
                    .filter(line -> line.startsWith("#"))
                    .toList();
            assertEquals(SECTIONS, headings.subList(1, headings.size()), page);
        }
    }

    @Test
    void everyPageHasItsAlertOrMessage() throws IOException {
        var pages = MonitoringFiles.alerts().stream()
                .map(rule -> page(rule.path("alert").asText()))
                .collect(Collectors.toCollection(TreeSet::new));
        pages.add(OF_SLOS);
        pages.addAll(pagesOfMessages());
        try (var files = Files.list(Path.of("../docs/runbooks"))) {
            assertEquals(
                    pages,
                    files.map(file -> "docs/runbooks/" + file.getFileName())
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    @Test
    void everyDashboardHasANameOfItsOwnAndPanelsThatDoNotOverlap() {
        var names = new TreeSet<String>();
        for (var dashboard : MonitoringFiles.dashboards()) {
            assertTrue(names.add(dashboard.content().path("uid").asText()), dashboard.file()::toString);
            var taken = new TreeSet<String>();
            var ids = new TreeSet<Integer>();
            for (var panel : dashboard.content().path("panels")) {
                assertTrue(ids.add(panel.path("id").asInt()), panel::toString);
                var place = panel.path("gridPos");
                for (var x = place.path("x").asInt();
                        x < place.path("x").asInt() + place.path("w").asInt();
                        x++) {
                    for (var y = place.path("y").asInt();
                            y < place.path("y").asInt() + place.path("h").asInt();
                            y++) {
                        assertTrue(x < 24 && taken.add(x + "," + y), panel::toString);
                    }
                }
                for (var target : panel.path("targets")) {
                    assertEquals("${datasource}", target.at("/datasource/uid").asText());
                }
            }
        }
    }
}
