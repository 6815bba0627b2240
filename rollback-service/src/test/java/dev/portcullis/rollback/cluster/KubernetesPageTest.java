package dev.portcullis.rollback.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.testing.Page;
import dev.portcullis.rollback.cluster.ClusterException.Fault;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.TargetSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/kubernetes.md and deploy/rbac say the same, and what the page shows is legal. */
final class KubernetesPageTest {
    private static final Page PAGE = Page.of("docs/kubernetes.md");
    private static final Path MANIFESTS = Path.of("..", "deploy", "rbac");
    private static final Pattern RIGHT =
            Pattern.compile("\\| `([a-z-]+\\.yaml)` \\| ([a-z0-9.]+)/([a-z/]+) \\| ([a-z, ]+) \\|");

    @Test
    void theDocumentsOfThePageAreLegal() throws Exception {
        var faults = new Faults();
        var example = PAGE.blocks("yaml").getFirst();
        var clusters = ClusterDocuments.parse(ConfigurationDocument.ofText("page.yaml", example, faults), faults);
        assertEquals(List.of(), faults.list());
        assertEquals(Set.of("here", "prod-eu"), clusters.keySet());
    }

    @Test
    void thePageHasTheRightsOfTheManifestsAndNoOthers() throws Exception {
        Set<String> told = new TreeSet<>();
        RIGHT.matcher(PAGE.text())
                .results()
                .forEach(row -> told.add(row.group(1) + ": " + row.group(2) + "/" + row.group(3) + " " + row.group(4)));
        assertEquals(told, granted());
        assertTrue(told.stream().noneMatch(right -> right.contains("*") || right.contains("secrets")), told.toString());
    }

    private static Set<String> granted() throws IOException {
        Set<String> rights = new TreeSet<>();
        for (var file : files()) {
            for (var object : objects(file)) {
                object.path("rules")
                        .forEach(rule -> rights.add(file.getFileName() + ": " + only(rule, "apiGroups") + "/"
                                + only(rule, "resources") + " " + String.join(", ", words(rule, "verbs"))));
            }
        }
        return rights;
    }

    @Test
    void everyRoleIsOfOneNamespaceAndBoundToTheAccount() throws Exception {
        var account =
                objects(MANIFESTS.resolve("service-account.yaml")).getFirst().path("metadata");
        for (var file : files()) {
            if (file.endsWith("service-account.yaml")) {
                continue;
            }
            var objects = objects(file);
            assertEquals(List.of("Role", "RoleBinding"), kinds(objects), file.toString());
            var binding = objects.getLast();
            assertEquals(objects.getFirst().at("/metadata/name"), binding.at("/roleRef/name"), file.toString());
            assertEquals(1, binding.path("subjects").size());
            assertEquals("ServiceAccount", binding.at("/subjects/0/kind").asText());
            assertEquals(account.path("name"), binding.at("/subjects/0/name"));
            assertEquals(account.path("namespace"), binding.at("/subjects/0/namespace"));
        }
    }

    @Test
    void thePageHasEveryFault() throws Exception {
        var page = PAGE.text();
        assertEquals(
                List.of(),
                Stream.of(Fault.values())
                        .filter(fault -> !page.contains(" | " + fault + " | "))
                        .toList());
    }

    @Test
    void thePageHasEveryAnnotation() throws Exception {
        var page = PAGE.text();
        var order = new RollbackOrder("checkout", "services/checkout/releases/r", "7d9c8", "5f6b7", "it burns");
        var settings = new TargetSettings("deployment", "deployment default/shop/checkout", Map.of());
        var place = new NoticePlace("default", ResourceKind.DEPLOYMENT, "shop", "checkout", "uid-1");
        var notice = new Notice(new Assignment("rollbacks/1", "1/1", 1, order, settings), "", place);
        List<String> untold = new ArrayList<>();
        notice.annotations().at("/metadata/annotations").fieldNames().forEachRemaining(name -> {
            if (!Pattern.compile("^\\|.*`" + name + "`.* \\| .+ \\|$", Pattern.MULTILINE)
                    .matcher(page)
                    .find()) {
                untold.add(name);
            }
        });
        assertEquals(List.of(), untold);
    }

    private static List<String> kinds(List<JsonNode> objects) {
        return objects.stream().map(object -> object.path("kind").asText()).toList();
    }

    private static List<Path> files() throws IOException {
        try (var files = Files.list(MANIFESTS)) {
            return files.sorted().toList();
        }
    }

    private static List<JsonNode> objects(Path file) {
        try {
            List<JsonNode> objects = new ArrayList<>();
            for (var text : Files.readString(file).split("\n---\n", -1)) {
                objects.add(Yaml.object(text));
            }
            return objects;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String only(JsonNode rule, String key) {
        var words = words(rule, key);
        assertEquals(1, words.size(), "one of each in a rule: " + words);
        return words.getFirst();
    }

    private static List<String> words(JsonNode rule, String key) {
        List<String> words = new ArrayList<>();
        rule.path(key).forEach(word -> words.add(word.asText()));
        return words;
    }
}
