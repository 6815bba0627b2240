package dev.portcullis.launcher.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.kit.testing.Page;
import dev.portcullis.launcher.chart.RenderedChart.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What Helm makes of the chart, for each of the values in {@code resources/chart}. */
@Tag("extra")
final class HelmChartIT {
    private static final String ENVIRONMENT = Page.of("docs/configuration.md").text();

    static Stream<RenderedChart> charts() {
        return RenderedChart.all().stream();
    }

    static Stream<Path> values() {
        return RenderedChart.values();
    }

    @ParameterizedTest
    @MethodSource("values")
    void lintFindsNothing(Path values) {
        var run = RenderedChart.helm("lint", "--strict", RenderedChart.CHART.toString(), "--values", values.toString());
        assertEquals(0, run.status(), () -> run.output() + run.errors());
    }

    @ParameterizedTest
    @MethodSource("charts")
    void everyObjectIsReadStrictlyAndIsThereOnce(RenderedChart chart) {
        assertEquals(
                List.of(),
                chart.objects().stream()
                        .flatMap(object -> StrictModel.fault(object).stream())
                        .toList());
        var names = chart.objects().stream()
                .map(object -> object.path("kind").asText() + " "
                        + object.at("/metadata/namespace").asText() + "/"
                        + object.at("/metadata/name").asText())
                .toList();
        assertEquals(names.size(), new TreeSet<>(names).size(), names::toString);
    }

    @ParameterizedTest
    @MethodSource("charts")
    void everyVariableIsOneOfThePage(RenderedChart chart) {
        chart.podTemplates().forEach(pod -> {
            for (var variable : pod.at("/spec/containers/0/env")) {
                var name = variable.path("name").asText();
                var known = name.startsWith("OTEL_")
                        || variable.has("valueFrom") && !name.startsWith("PORTCULLIS_")
                        || ENVIRONMENT.contains("| `" + name + "`")
                        || ENVIRONMENT.contains(", `" + name + "` |");
                assertTrue(known, name);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("charts")
    void everyPodHasLeastRightsAndProbes(RenderedChart chart) {
        assertTrue(chart.podTemplates().findAny().isPresent());
        chart.podTemplates().forEach(pod -> {
            var spec = pod.path("spec");
            assertTrue(spec.at("/securityContext/runAsNonRoot").asBoolean());
            assertEquals(
                    "RuntimeDefault",
                    spec.at("/securityContext/seccompProfile/type").asText());
            var container = spec.at("/containers/0");
            assertTrue(container.at("/securityContext/readOnlyRootFilesystem").asBoolean());
            assertFalse(
                    container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true));
            assertEquals(
                    "[\"ALL\"]",
                    container.at("/securityContext/capabilities/drop").toString());
            assertTrue(container.at("/resources/limits/memory").isTextual());
            assertTrue(container.at("/resources/requests/cpu").isTextual());
            for (var probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
                assertTrue(
                        ports(pod)
                                .contains(container
                                        .path(probe)
                                        .at("/httpGet/port")
                                        .asText()),
                        probe);
            }
            var delay = container.at("/lifecycle/preStop/sleep/seconds").asInt();
            assertTrue(delay > 0);
            assertTrue(spec.path("terminationGracePeriodSeconds").asInt() >= delay + 30);
        });
    }

    private static List<String> ports(JsonNode pod) {
        return RenderedChart.elements(pod.at("/spec/containers/0/ports"))
                .map(port -> port.path("name").asText())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("charts")
    void whatIsMountedIsThereAndEveryFileOfTheEnvironmentIsBelowIt(RenderedChart chart) {
        chart.podTemplates().forEach(pod -> {
            var container = pod.at("/spec/containers/0");
            Map<String, String> mounts = RenderedChart.elements(container.path("volumeMounts"))
                    .collect(Collectors.toMap(mount -> mount.path("mountPath").asText(), mount -> mount.path("name")
                            .asText()));
            assertEquals(names(pod.at("/spec/volumes")), new TreeSet<>(mounts.values()), "volumes and what is mounted");
            for (var variable : container.path("env")) {
                var value = variable.path("value").asText();
                if (value.startsWith("/")) {
                    assertTrue(
                            mounts.keySet().stream().anyMatch(mount -> (value + "/").startsWith(mount + "/")),
                            () -> variable + " is below none of " + mounts.keySet());
                }
            }
        });
    }

    private static TreeSet<String> names(JsonNode list) {
        return RenderedChart.elements(list)
                .map(element -> element.path("name").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @MethodSource("charts")
    void everySelectorFindsPodsAndEveryPortIsTheirs(RenderedChart chart) {
        var pods = chart.podTemplates().toList();
        Function<JsonNode, List<JsonNode>> selected = labels ->
                pods.stream().filter(pod -> RenderedChart.selects(labels, pod)).toList();
        chart.ofKind("Service").forEach(service -> {
            var found = selected.apply(service.at("/spec/selector"));
            assertEquals(1, found.size(), service::toString);
            for (var port : service.at("/spec/ports")) {
                assertTrue(
                        ports(found.getFirst()).contains(port.path("targetPort").asText()), port::toString);
            }
        });
        Stream.of("NetworkPolicy", "PodDisruptionBudget", "Deployment")
                .flatMap(chart::ofKind)
                .map(object -> object.path("spec"))
                .map(spec -> spec.has("podSelector") ? spec.path("podSelector") : spec.path("selector"))
                .forEach(selector -> assertEquals(
                        1, selected.apply(selector.path("matchLabels")).size(), selector::toString));
        chart.ofKind("ServiceMonitor").forEach(monitor -> {
            var labels = monitor.at("/spec/selector/matchLabels");
            assertEquals(
                    1,
                    chart.ofKind("Service")
                            .filter(service -> RenderedChart.selects(labels, service))
                            .count(),
                    monitor::toString);
        });
    }

    /** The rules of deploy/rbac, by the object's name in the chart. */
    private static Map<String, JsonNode> rights() throws IOException {
        Map<String, JsonNode> rights = new TreeMap<>();
        try (var files = Files.list(RenderedChart.DEPLOY.resolve("rbac"))) {
            for (var file : files.toList()) {
                for (var object : RenderedChart.documents(Files.readString(file))) {
                    if (object.has("rules")) {
                        rights.put(file.getFileName().toString().replace(".yaml", ""), object.path("rules"));
                    }
                }
            }
        }
        return rights;
    }

    @Test
    void aTargetThatIsSwitchedOnGetsItsRightsInItsNamespacesAndNoOther() throws IOException {
        var chart = charts().filter(one -> one.name().equals("everything.yaml"))
                .findFirst()
                .orElseThrow();
        Map<String, JsonNode> granted = new TreeMap<>();
        List<String> places = new ArrayList<>();
        chart.ofKind("Role").forEach(role -> {
            var target = role.at("/metadata/name").asText().replace("gatekeeper-of-releases-", "");
            granted.put(target, role.path("rules"));
            places.add(role.at("/metadata/namespace").asText() + " " + target);
        });
        assertEquals(rights(), granted);
        assertEquals(
                List.of(
                        "argocd argo-cd",
                        "payments argo-rollouts",
                        "shop argo-rollouts",
                        "shop deployment",
                        "shop gateway-api",
                        "shop istio",
                        "shop nginx"),
                places.stream().sorted().toList());
        assertEquals(places.size(), chart.ofKind("RoleBinding").count());
        chart.ofKind("RoleBinding")
                .forEach(binding -> assertEquals(
                        "gatekeeper-of-releases-rollback portcullis",
                        binding.at("/subjects/0/name").asText() + " "
                                + binding.at("/subjects/0/namespace").asText()));
    }

    @Test
    void onlyWhoActsOnTheClusterHasAToken() {
        charts().forEach(chart -> {
            var acts = chart.ofKind("Role").findAny().isPresent();
            chart.ofKind("Deployment").forEach(deployment -> {
                var component = deployment
                        .at("/metadata/labels/app.kubernetes.io~1component")
                        .asText();
                assertEquals(
                        acts && List.of("rollback", "standalone").contains(component),
                        deployment
                                .at("/spec/template/spec/automountServiceAccountToken")
                                .asBoolean(true),
                        chart.name() + " " + component);
            });
            assertEquals(
                    chart.name().equals("everything.yaml"),
                    chart.ofKind("ClusterRoleBinding").findAny().isPresent());
            assertEquals(0, chart.ofKind("ClusterRole").count());
        });
    }

    @Test
    void theRulesAreThoseOfTheFileWithTheAddressOfTheirPages() throws IOException {
        var chart = charts().filter(one -> one.name().equals("everything.yaml"))
                .findFirst()
                .orElseThrow();
        var file = Files.readString(RenderedChart.DEPLOY.resolve("prometheus/portcullis.rules.yaml"))
                .replace("docs/runbooks/", "https://wiki.shop.example/runbooks/");
        assertEquals(
                RenderedChart.documents(file).getFirst(),
                chart.ofKind("PrometheusRule").findFirst().orElseThrow().path("spec"));
        var dashboards = chart.ofKind("ConfigMap")
                .filter(map -> map.at("/metadata/name").asText().endsWith("-dashboards"))
                .findFirst()
                .orElseThrow();
        try (var files = Files.list(RenderedChart.DEPLOY.resolve("grafana"))) {
            for (var dashboard : files.toList()) {
                assertEquals(
                        RenderedChart.JSON.readTree(dashboard.toFile()),
                        RenderedChart.JSON.readTree(dashboards
                                .path("data")
                                .path(dashboard.getFileName().toString())
                                .asText()));
            }
        }
    }

    @Test
    void anUpgradeTakesNoPodAwayBeforeAnotherIsReady() {
        charts().flatMap(chart -> chart.ofKind("Deployment"))
                .filter(deployment -> !deployment.at("/metadata/name").asText().endsWith("standalone"))
                .map(deployment -> deployment.at("/spec/strategy/rollingUpdate"))
                .forEach(strategy -> assertEquals("{\"maxUnavailable\":0,\"maxSurge\":1}", strategy.toString()));
    }

    @ParameterizedTest
    @MethodSource("charts")
    void theConfigurationPassesCheck(RenderedChart chart, @TempDir Path folder) throws IOException {
        var files = chart.ofKind("ConfigMap")
                .filter(map -> map.at("/metadata/name").asText().endsWith("-configuration"))
                .toList();
        for (var map : files) {
            for (var file : map.path("data").properties()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue().asText());
            }
        }
        var out = new java.io.StringWriter();
        var status = dev.portcullis.launcher.command.RootCommand.commandLine()
                .setOut(new java.io.PrintWriter(out, true))
                .setErr(new java.io.PrintWriter(out, true))
                .execute("check", folder.toString());
        assertEquals(0, status, out::toString);
    }

    @Test
    void theValuesOfThePagesInstallIt(@TempDir Path folder) throws IOException {
        var blocks = Stream.of("docs/install.md", "docs/quick-start.md")
                .flatMap(page -> Page.of(page).blocks("yaml").stream())
                .toList();
        assertEquals(3, blocks.size());
        for (var block : blocks) {
            var chart = RenderedChart.of(Files.writeString(folder.resolve("page.yaml"), block.stripIndent()));
            assertEquals(
                    List.of(),
                    chart.objects().stream()
                            .flatMap(object -> StrictModel.fault(object).stream())
                            .toList());
            theConfigurationPassesCheck(chart, Files.createTempDirectory(folder, "config"));
        }
    }

    private static Run template(Path folder, String yaml) throws IOException {
        var values = Files.writeString(folder.resolve("values.yaml"), yaml);
        return RenderedChart.helm(
                "template",
                "p",
                RenderedChart.CHART.toString(),
                "--kube-version",
                "1.30.0",
                "--values",
                values.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | nobody may call",
                "{gate: {replica: 3}} | additional properties 'replica' not allowed",
                "{mode: cluster} | must be one of 'services', 'standalone'",
                "{environment: {PORTCULLIS_HOST: 127.0.0.1}} | 'PORTCULLIS_HOST' does not match pattern",
                "{environmentSecrets: {PORTCULLIS_DB_PASSWORD: {name: a, key: b}}} | PORTCULLIS_DB_PASSWORD",
                "{configuration: {existingConfigMap: a, volume: {emptyDir: {}}}} | give one of files, existingConfigMap and volume",
                "{configuration: {existingConfigMap: a}, access: {tokens: [{}]}} | the Access document stands there",
                "{configuration: {existingConfigMap: a}} | mode services needs a PostgreSQL",
                "{configuration: {existingConfigMap: a}, database: {host: db}} | which issuer signs",
                "{configuration: {existingConfigMap: a}, database: {host: db}, tls: {mode: secret}} | tls.secret.name",
                "{configuration: {existingConfigMap: a}, database: {host: db}, tls: {mode: terminated}} | who takes TLS off",
                "{configuration: {existingConfigMap: a}, database: {host: db}, shutdown: {delaySeconds: 40}} | up to 25 s to end",
                "{rollback: {targets: {helm: [shop]}}} | additional properties 'helm' not allowed"
            })
    void valuesThatCannotWorkAreRefused(String yaml, String told, @TempDir Path folder) throws IOException {
        var run = template(folder, yaml);
        assertNotEquals(0, run.status(), run::output);
        assertTrue(run.errors().contains(told), run::errors);
    }
}
