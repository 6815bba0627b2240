package dev.portcullis.gate.http.argo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.http.DecisionAnswer;
import dev.portcullis.gate.http.ShippedYaml;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.http.HttpParameters;
import io.micronaut.http.simple.SimpleHttpParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The templates and the Rollout of {@code deploy/argo-rollouts} are ones that the controller of Argo Rollouts takes, and mean what they should. */
final class ArgoTemplatesTest {
    private static final Pattern FIELD = Pattern.compile("result\\.([A-Za-z]+)");
    private static final Pattern DECISION = Pattern.compile("result\\.decision == \"([A-Z]+)\"");

    /** A place of the Rollout where templates are used. */
    private record Use(JsonNode analysis, boolean background) {
        List<String> templates() {
            return texts(analysis.path("templates"), "templateName");
        }

        List<JsonNode> given() {
            List<JsonNode> given = new ArrayList<>();
            analysis.path("args").forEach(given::add);
            return given;
        }

        /** What the controller puts in for each argument, the template's own values first. */
        Map<String, String> values(JsonNode template) {
            Map<String, String> values = new HashMap<>();
            Stream.concat(elements(template.at("/spec/args")), elements(analysis.path("args")))
                    .filter(argument -> argument.has("value") || argument.has("valueFrom"))
                    .forEach(argument -> values.put(
                            argument.path("name").asText(),
                            argument.path("value").asText(found(argument.path("valueFrom")))));
            return values;
        }

        private static String found(JsonNode valueFrom) {
            return switch (valueFrom.path("podTemplateHashValue").asText()) {
                case "Latest" -> "6bf9d7c5";
                case "Stable" -> "5d4f8c6b";
                default -> valueFrom.at("/fieldRef/fieldPath").asText().contains("revision") ? "7" : "shop";
            };
        }
    }

    private static final JsonNode ROLLOUT = only("Rollout");
    private static final Map<String, JsonNode> TEMPLATES = shipped("AnalysisTemplate").stream()
            .collect(Collectors.toMap(object -> object.at("/metadata/name").asText(), Function.identity()));
    private static final List<Use> USES = uses();

    private static List<JsonNode> shipped(String kind) {
        return shipped("argo-rollouts", kind);
    }

    private static List<JsonNode> shipped(String folder, String kind) {
        try {
            return ShippedYaml.ofKind(folder, kind);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode only(String kind) {
        var found = shipped(kind);
        assertEquals(1, found.size(), kind);
        return found.getFirst();
    }

    private static List<Use> uses() {
        var canary = ROLLOUT.at("/spec/strategy/canary");
        List<Use> uses = new ArrayList<>(List.of(new Use(canary.path("analysis"), true)));
        canary.path("steps").forEach(step -> {
            if (step.has("analysis")) {
                uses.add(new Use(step.path("analysis"), false));
            }
        });
        return uses;
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        List<JsonNode> elements = new ArrayList<>();
        list.forEach(elements::add);
        return elements.stream();
    }

    private static List<String> texts(JsonNode list, String key) {
        return elements(list).map(element -> element.path(key).asText()).toList();
    }

    private static JsonNode metric(String template) {
        var metrics = TEMPLATES.get(template).at("/spec/metrics");
        assertEquals(1, metrics.size());
        return metrics.get(0);
    }

    @Test
    void everyTemplateIsUsedByTheRolloutAndTakenByItsController() {
        Set<String> used = new TreeSet<>();
        for (var use : USES) {
            var given = Set.copyOf(texts(use.analysis().path("args"), "name"));
            for (var name : use.templates()) {
                assertTrue(TEMPLATES.containsKey(name), name + " is not shipped");
                assertEquals(List.of(), new ArgoRules(TEMPLATES.get(name), use.background(), given).faults(), name);
                used.add(name);
            }
        }
        assertEquals(new TreeSet<>(TEMPLATES.keySet()), used);
    }

    @Test
    void theGateTakesTheAddressWithTheArgumentsOfTheRollout() {
        for (var use : USES) {
            for (var name : use.templates()) {
                var values = use.values(TEMPLATES.get(name));
                var address = metric(name).at("/provider/web/url").asText();
                for (var value : values.entrySet()) {
                    address = address.replace("{{args." + value.getKey() + "}}", value.getValue());
                }
                assertTrue(address.startsWith("http://portcullis-gate:8080/v1/argo?"), address);
                var question =
                        ArgoQuestion.ofQuery(parameters(URI.create(address).getQuery()));
                assertEquals("checkout", question.key().service());
                assertEquals(
                        List.of("6bf9d7c5", "5d4f8c6b"), List.of(question.key().canary(), question.stable()));
                assertEquals("7", question.key().revision());
                assertFalse(question.key().namespace().isEmpty());
                assertFalse(question.key().rollout().isEmpty());
                assertFalse(question.step().isEmpty());
            }
        }
    }

    private static HttpParameters parameters(String query) {
        var parameters = new SimpleHttpParameters(ConversionService.SHARED);
        for (var pair : query.split("&", -1)) {
            parameters.add(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return parameters;
    }

    @Test
    void everyArgumentComesFromWhereTheControllerFindsIt() {
        for (var use : USES) {
            Map<String, JsonNode> given = new HashMap<>();
            use.given().forEach(argument -> given.put(argument.path("name").asText(), argument));
            given.values().forEach(argument -> assertEquals(2, argument.size(), argument.toString()));
            assertEquals(
                    "Latest",
                    given.get("canary").at("/valueFrom/podTemplateHashValue").asText());
            assertEquals(
                    "Stable",
                    given.get("stable").at("/valueFrom/podTemplateHashValue").asText());
            assertEquals(
                    "metadata.annotations['rollout.argoproj.io/revision']",
                    given.get("revision").at("/valueFrom/fieldRef/fieldPath").asText());
        }
    }

    @Test
    void theConditionsAskForNothingThatTheAnswerLacks() {
        var fields = Stream.of(DecisionAnswer.class.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toSet());
        var outcomes = Stream.of(Outcome.values()).map(Outcome::name).collect(Collectors.toSet());
        for (var name : TEMPLATES.keySet()) {
            var metric = metric(name);
            assertEquals("{$}", metric.at("/provider/web/jsonPath").asText(), "conditions are about the whole answer");
            for (var condition : List.of("successCondition", "failureCondition")) {
                var text = metric.path(condition).asText();
                assertTrue(fields.containsAll(found(FIELD, text)), text);
                assertTrue(outcomes.containsAll(found(DECISION, text)), text);
            }
        }
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> found = new HashSet<>();
        pattern.matcher(text).results().forEach(match -> found.add(match.group(1)));
        return found;
    }

    /** One that is neither success nor failure is inconclusive: the step goes on, and what is over at the count is over as inconclusive. */
    @Test
    void aStepPromotesOnPromoteAbortsOnAbortAndWaitsOnHoldUntilTheDeadline() {
        var metric = metric("portcullis-step");
        assertEquals(
                "result.decision == \"PROMOTE\"",
                metric.path("successCondition").asText());
        assertEquals(
                "result.decision == \"ABORT\"", metric.path("failureCondition").asText());
        assertEquals(1, metric.path("consecutiveSuccessLimit").asInt());
        assertEquals(0, metric.path("failureLimit").asInt(-1));
        var hour = 3600 / seconds(metric.path("interval").asText());
        assertEquals(hour + 1, metric.path("count").asInt());
        assertEquals(hour, metric.path("inconclusiveLimit").asInt());
    }

    @Test
    void theBackgroundAbortsOnAbortAndDoesNothingElse() {
        var metric = metric("portcullis-background");
        assertFalse(metric.has("successCondition") || metric.has("count"));
        assertEquals(
                "result.decision == \"ABORT\"", metric.path("failureCondition").asText());
        assertEquals(0, metric.path("failureLimit").asInt(-1));
    }

    /** The controller repeats a measurement that failed every 10 s, whatever the interval. */
    @Test
    void aGateThatIsDownForFiveMinutesAbortsNothing() {
        for (var name : TEMPLATES.keySet()) {
            assertTrue(metric(name).path("consecutiveErrorLimit").asInt() * 10 >= 300, name);
        }
    }

    /** Those for a Portcullis that knows its callers show it the token of a Secret, and are the same otherwise. */
    @Test
    void theTemplatesWithATokenDifferByItAlone() {
        var templates = shipped("argo-rollouts/token", "AnalysisTemplate");
        assertEquals(TEMPLATES.size(), templates.size());
        for (var template : templates) {
            var name = template.at("/metadata/name").asText();
            var use = USES.stream()
                    .filter(place -> place.templates().contains(name))
                    .findFirst()
                    .orElseThrow();
            var given = Set.copyOf(texts(use.analysis().path("args"), "name"));
            assertEquals(List.of(), new ArgoRules(template, use.background(), given).faults(), name);
            var arguments = (ArrayNode) template.at("/spec/args");
            assertEquals(
                    "{\"name\":\"token\",\"valueFrom\":{\"secretKeyRef\":{\"name\":\"portcullis-token\",\"key\":\"token\"}}}",
                    arguments.remove(arguments.size() - 1).toString());
            assertEquals(
                    "[{\"key\":\"Authorization\",\"value\":\"Bearer {{args.token}}\"}]",
                    ((ObjectNode) template.at("/spec/metrics/0/provider/web"))
                            .remove("headers")
                            .toString());
            assertEquals(TEMPLATES.get(name), template);
        }
    }

    @Test
    void theTemplateOfThePageAboutKayentaIsTakenAsAStep() throws IOException {
        var page = Files.readString(Path.of("..", "docs", "kayenta.md"));
        var template = ShippedYaml.all(page.split("```yaml\n|```\n", 3)[1]).getFirst();
        assertEquals(List.of(), new ArgoRules(template, false, Set.of("canary", "stable")).faults());
    }

    private static int seconds(String interval) {
        assertTrue(interval.matches("[0-9]+s"), interval);
        return Integer.parseInt(interval.substring(0, interval.length() - 1));
    }

    /** pkg/apis/rollouts/validation/validation.go. */
    @Test
    void theRolloutIsOneThatItsControllerTakes() {
        assertEquals(
                ROLLOUT.at("/spec/selector/matchLabels"),
                ROLLOUT.at("/spec/template/metadata/labels"),
                "the selector is that of its pods");
        assertEquals(1, ROLLOUT.at("/spec/strategy").size());
        elements(ROLLOUT.at("/spec/strategy/canary/steps")).forEach(step -> {
            assertEquals(1, step.size(), "one thing in a step: " + step);
            assertTrue(step.path("setWeight").asInt(0) >= 0
                    && step.path("setWeight").asInt(0) <= 100);
        });
        assertTrue(ROLLOUT.at("/spec/revisionHistoryLimit").asInt(10) >= 2, "a rollback needs an earlier revision");
        assertEquals(ROLLOUT.at("/spec/selector/matchLabels"), only("Service").at("/spec/selector"));
    }
}
