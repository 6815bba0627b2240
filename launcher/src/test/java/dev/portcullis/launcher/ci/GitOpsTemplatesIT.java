package dev.portcullis.launcher.ci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.launcher.PortcullisClient;
import dev.portcullis.launcher.Site;
import dev.portcullis.launcher.TestPortcullis;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The templates for GitOps Promoter and Kargo: their expressions evaluated by the library that both have, their questions asked of a real gate. What the two put
 * into the environment of an expression is played here, after their sources (GitOps Promoter 0.36, Kargo 1.11).
 */
@Tag("extra")
final class GitOpsTemplatesIT {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final String OLD = "a".repeat(40);
    private static final String NEW = "b".repeat(40);
    private static final String DRY = "d".repeat(40);

    /** What came of evaluating: a value or a fault. */
    private record Evaluated(Optional<JsonNode> value, String error) {
        JsonNode orFail() {
            return value.orElseThrow(() -> new AssertionError(error));
        }
    }

    private static List<Evaluated> evaluate(String kind, String text, List<Map<String, Object>> environments)
            throws IOException {
        var question = PlayedGate.JSON.createObjectNode();
        var asked = question.putArray(kind);
        for (var environment : environments) {
            asked.addObject()
                    .put(kind.equals("templates") ? "template" : "expression", text)
                    .set(kind.equals("templates") ? "data" : "environment", PlayedGate.JSON.valueToTree(environment));
        }
        var program = new ProcessBuilder("go", "run", ".")
                .directory(Path.of("src/test/go/expressions").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var in = program.outputWriter(StandardCharsets.UTF_8)) {
            in.write(question.toString());
        }
        var answer = PlayedGate.JSON.readTree(program.getInputStream());
        try {
            assertTrue(program.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        assertEquals(0, program.exitValue());
        var evaluated = new ArrayList<Evaluated>();
        answer.path(kind)
                .forEach(one -> evaluated.add(new Evaluated(
                        Optional.ofNullable(one.get("value")), one.path("error").asText())));
        return evaluated;
    }

    private static List<Evaluated> expressions(String expression, List<Map<String, Object>> environments)
            throws IOException {
        return evaluate("expressions", expression, environments);
    }

    private static Map<?, ?> promoter() {
        return DeployFiles.mapAt(
                DeployFiles.documents("gitops-promoter/web-request-commit-status.yaml")
                        .getFirst(),
                "spec");
    }

    /** Where the environment "production" stands: which commit is active, and of which one a phase was reported. */
    private static Map<String, Object> promoterEnvironment(
            Optional<Map<String, Object>> response, String phase, Optional<String> reported) {
        var environment = new LinkedHashMap<String, Object>();
        environment.put("Branch", "environment/production");
        environment.put("Phase", phase);
        environment.put(
                "PromotionStrategy",
                Map.of(
                        "Status",
                        Map.of(
                                "Environments",
                                List.of(active("environment/staging", OLD), active("environment/production", NEW)))));
        environment.put(
                "WebRequestCommitStatus",
                Map.of(
                        "Status",
                        Map.of(
                                "Environments",
                                reported.map(sha ->
                                                List.of(Map.of("Branch", "environment/production", "ReportedSha", sha)))
                                        .orElse(List.of()))));
        environment.put("Response", response.orElse(null));
        return environment;
    }

    private static Map<String, Object> active(String branch, String sha) {
        return Map.of("Branch", branch, "Active", Map.of("Hydrated", Map.of("Sha", sha), "Dry", Map.of("Sha", DRY)));
    }

    private static Optional<Map<String, Object>> promoterResponse(int status, Object body) {
        return Optional.of(Map.of("StatusCode", status, "Body", body, "Headers", Map.of()));
    }

    @Test
    void gitOpsPromoterIsToldTheDecisionAndNothingOfAnotherCommit() throws IOException {
        var expected = new LinkedHashMap<Map<String, Object>, String>();
        expected.put(
                promoterEnvironment(promoterResponse(200, Map.of("decision", "PROMOTE")), "", Optional.empty()),
                "success");
        expected.put(
                promoterEnvironment(promoterResponse(200, Map.of("decision", "ABORT")), "success", Optional.of(NEW)),
                "failure");
        expected.put(
                promoterEnvironment(promoterResponse(200, Map.of("decision", "HOLD")), "success", Optional.of(NEW)),
                "pending");
        // no question this time, or no answer of the gate: what was said of this commit stays
        for (var silent : List.of(
                Optional.<Map<String, Object>>empty(),
                promoterResponse(503, "no upstream"),
                promoterResponse(500, Map.of("decision", "PROMOTE")),
                promoterResponse(200, "<html>log in</html>"),
                promoterResponse(200, Map.of("status", "ok")),
                promoterResponse(200, Map.of("decision", "promote")),
                promoterResponse(400, Map.of("field", "canary", "fault", "is blank")))) {
            expected.put(promoterEnvironment(silent, "success", Optional.of(NEW)), "success");
            expected.put(promoterEnvironment(silent, "failure", Optional.of(NEW)), "failure");
            expected.put(promoterEnvironment(silent, "pending", Optional.of(NEW)), "pending");
            // and what was said of another one does not
            expected.put(promoterEnvironment(silent, "success", Optional.of(OLD)), "pending");
            expected.put(promoterEnvironment(silent, "failure", Optional.of(OLD)), "pending");
            expected.put(promoterEnvironment(silent, "", Optional.empty()), "pending");
        }
        var when = DeployFiles.mapAt(promoter(), "success", "when");
        var environments = List.copyOf(expected.keySet());
        var variables =
                expressions(DeployFiles.at(when, "variables", "expression").toString(), environments);
        List<Map<String, Object>> enriched = new ArrayList<>();
        for (var i = 0; i < environments.size(); i++) {
            var environment = new LinkedHashMap<>(environments.get(i));
            environment.put("Variables", variables.get(i).orFail());
            enriched.add(environment);
        }
        var phases = expressions(DeployFiles.at(when, "expression").toString(), enriched);
        assertEquals(
                List.copyOf(expected.values()),
                phases.stream()
                        .map(phase -> phase.orFail().path("phase").asText())
                        .toList());
        for (var output :
                expressions(DeployFiles.at(when, "output", "expression").toString(), enriched)) {
            assertTrue(output.orFail().path("decision").isTextual());
        }
    }

    private static Map<?, ?> kargoStep() {
        return DeployFiles.mapAt(
                DeployFiles.documents("kargo/promotion-task.yaml").getFirst(), "spec", "steps", 0, "config");
    }

    private static Map<String, Object> kargoEnvironment(int status, Object body) {
        return Map.of("response", Map.of("status", status, "body", body, "headers", Map.of()));
    }

    @Test
    void kargoSucceedsAtPromoteFailsAtAbortAndWaitsOtherwise() throws IOException {
        var expected = new LinkedHashMap<Map<String, Object>, String>();
        expected.put(kargoEnvironment(200, Map.of("decision", "PROMOTE")), "true false");
        expected.put(kargoEnvironment(200, Map.of("decision", "ABORT", "explanation", "Bad.")), "false true Bad.");
        expected.put(kargoEnvironment(200, Map.of("decision", "HOLD")), "false false");
        expected.put(
                kargoEnvironment(400, Map.of("field", "canary", "fault", "is blank")), "false true canary: is blank");
        expected.put(kargoEnvironment(503, Map.of()), "false false");
        expected.put(kargoEnvironment(500, Map.of("decision", "PROMOTE")), "false false");
        expected.put(kargoEnvironment(500, Map.of("decision", "ABORT")), "false false");
        expected.put(kargoEnvironment(200, Map.of()), "false false");
        expected.put(kargoEnvironment(200, "<html>PROMOTE</html>"), "false false");
        expected.put(kargoEnvironment(400, "no"), "false true ");
        expected.put(kargoEnvironment(200, List.of("PROMOTE")), "false false");
        var environments = List.copyOf(expected.keySet());
        var success = expressions(kargoStep().get("successExpression").toString(), environments);
        var failure = expressions(kargoStep().get("failureExpression").toString(), environments);
        var error = expressions(kargoStep().get("errorExpression").toString(), environments);
        var told = new ArrayList<String>();
        for (var i = 0; i < environments.size(); i++) {
            var text = success.get(i).orFail().booleanValue() + " "
                    + failure.get(i).orFail().booleanValue();
            told.add(text
                    + (failure.get(i).orFail().booleanValue()
                            ? " " + error.get(i).orFail().asText()
                            : ""));
        }
        assertEquals(List.copyOf(expected.values()), told);
    }

    @Test
    void theGateUnderstandsWhatBothAsk(@TempDir Path folder) throws IOException {
        try (var site = new Site();
                var services = TestPortcullis.start(site, folder)) {
            var gate = "http://127.0.0.1:" + PortcullisClient.of(services).gateHttp();
            var urlOfPromoter = evaluate(
                            "templates",
                            DeployFiles.at(promoter(), "httpRequest", "urlTemplate")
                                    .toString(),
                            List.of(promoterEnvironment(Optional.empty(), "", Optional.empty())))
                    .getFirst()
                    .orFail()
                    .asText();
            assertEquals(
                    "?service=checkout&namespace=environment%2Fproduction&canary=" + DRY + "&revision=" + NEW,
                    urlOfPromoter.substring(urlOfPromoter.indexOf('?')));
            for (var url : List.of(
                    urlOfPromoter.replaceFirst("^http://[^/]+", gate),
                    urlOfKargo().replaceFirst("^http://[^/]+", gate))) {
                var answer = Await.value("an answer", LIMIT, () -> Optional.of(get(url)));
                assertEquals(200, answer.statusCode(), answer::body);
                var body = (ObjectNode) PlayedGate.JSON.readTree(answer.body());
                assertEquals("HOLD", body.path("decision").asText());
                assertTrue(body.path("release").asText().startsWith("services/checkout/releases/"));
                for (var output : DeployFiles.listAt(kargoStep(), "outputs")) {
                    var value = expressions(
                            DeployFiles.at(output, "fromExpression").toString(),
                            List.of(kargoEnvironment(200, PlayedGate.JSON.convertValue(body, Map.class))));
                    assertTrue(value.getFirst().orFail().isTextual());
                }
            }
        }
    }

    private static HttpResponse<String> get(String url) throws IOException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What stands between ${{ and }} is evaluated beforehand, with the variables of the task and the promotion. */
    private static String urlOfKargo() throws IOException {
        var vars = Map.of("gate", "http://gate", "service", "checkout", "canary", "c1");
        Map<String, Object> environment = Map.of(
                "vars",
                vars,
                "ctx",
                Map.of("targetFreight", Map.of("name", "f5f87aa23c9e97f43eb83dd63768ee41f5ba3766")));
        Function<Object, String> filled = text -> DeployFiles.filled(text.toString(), "${{", "}}", expression -> {
            try {
                return expressions(expression, List.of(environment))
                        .getFirst()
                        .orFail()
                        .asText();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        var query = DeployFiles.listAt(kargoStep(), "queryParams").stream()
                .map(parameter -> DeployFiles.at(parameter, "name") + "="
                        + URLEncoder.encode(filled.apply(DeployFiles.at(parameter, "value")), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return filled.apply(kargoStep().get("url")) + "?" + query;
    }
}
