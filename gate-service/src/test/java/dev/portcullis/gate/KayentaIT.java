package dev.portcullis.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.portcullis.gate.testing.FakeAnalysis;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.DecisionReason;
import dev.portcullis.proto.gate.v1.ListReleasesRequest;
import dev.portcullis.proto.gate.v1.Release;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kayenta's API as its two clients use it: Argo Rollouts v1.9.2 (metricproviders/kayenta/kayenta.go) and Spinnaker's Orca (orca-kayenta, KayentaService.kt). */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("UnusedMethod") // The JSON library calls the constructors of the records.
final class KayentaIT {
    @TempDir
    static Path folder;

    private final DatabaseSettings database = TestDatabase.fresh();

    @AutoClose
    private final GateUnderTest gate = new GateUnderTest(folder, database);

    @BeforeAll
    static void configure() {
        GateUnderTest.policy(folder, "checkout", "");
        GateUnderTest.policy(folder, "cart", "");
    }

    /** What Argo Rollouts makes of the answers; an Error there is a failed measurement, and five of them abort. */
    private final class Argo {
        private final int pass;
        private final int marginal;

        Argo(int pass, int marginal) {
            this.pass = pass;
            this.marginal = marginal;
        }

        /** The first call and the second; answers the execution's id. */
        String run(String canary, String stable) {
            var configs = send(HttpRequest.newBuilder(
                    gate.uri("/v1/kayenta/canaryConfig?application=guestbook&configurationAccountName=store")));
            assertEquals(200, configs.statusCode());
            var id = "";
            for (var config : json(configs)) {
                assertTrue(config.path("id").isTextual() && config.path("name").isTextual());
                assertTrue(config.path("updatedTimestamp").isIntegralNumber());
                assertTrue(config.path("updatedTimestamp").canConvertToLong());
                assertTrue(config.path("updatedTimestampIso").isTextual());
                config.path("applications").forEach(one -> assertTrue(one.isTextual()));
                id = config.path("name").asText().equals("checkout")
                        ? config.path("id").asText()
                        : id;
            }
            var begun = post(
                    id,
                    "application=guestbook&metricsAccountName=&configurationAccountName=&storageAccountName=",
                    body(canary, stable));
            assertEquals(200, begun.statusCode(), begun.body());
            assertTrue(json(begun).path("canaryExecutionId").isTextual(), begun.body());
            return json(begun).path("canaryExecutionId").textValue();
        }

        private String body(String canary, String stable) {
            return """
                    {"scopes":{"default":{
                       "controlScope":{"scope":"%2$s","location":"shop","step":60,"start":"2026-03-01T12:00:00Z","end":"%5$s"},
                       "experimentScope":{"scope":"%1$s","location":"shop","step":60,"start":"2026-03-01T12:00:00Z","end":"%5$s"}}},
                     "thresholds":{"pass":%3$d,"marginal":%4$d}}""".formatted(canary, stable, pass, marginal, Instant.now());
        }

        /** Running, Successful, Inconclusive, Failed or Error. */
        String resume(String id) {
            var response = send(HttpRequest.newBuilder(gate.uri("/v1/kayenta/canary/" + id)));
            if (response.statusCode() != 200) {
                return "Error " + response.statusCode() + " " + response.body();
            }
            var status = json(response);
            if (!status.path("complete").isBoolean()) {
                return "Error Missing Complete Status";
            }
            if (!status.path("complete").booleanValue()) {
                return "Running";
            }
            var score = status.at("/result/judgeResult/score/score");
            if (!score.isNumber()) {
                return "Error Missing Score";
            }
            assertTrue(score.isIntegralNumber(), "Argo cuts off what is behind the point: " + score);
            var value = score.intValue();
            return value >= pass ? "Successful" : value >= marginal ? "Inconclusive" : "Failed";
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        gate.settle();
        return gate.send(request);
    }

    private HttpResponse<String> post(String config, String query, String body) {
        return send(HttpRequest.newBuilder(gate.uri("/v1/kayenta/canary/" + config + "?" + query))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static JsonNode json(HttpResponse<String> response) {
        return GateUnderTest.json(response);
    }

    private void fails(String canary) {
        gate.analysis.say(canary, analysis -> analysis.setVerdict(Verdict.FAIL)
                .setWindowCount(7)
                .clearObjectives()
                .addObjectives(FakeAnalysis.violated()));
    }

    private void endsUndecided(String canary) {
        gate.analysis.say(canary, analysis -> analysis.setVerdict(Verdict.INCONCLUSIVE)
                .setState(Analysis.State.CONCLUDED)
                .setWindowCount(60));
    }

    private Release newest() {
        return gate.grpc()
                .listReleases(
                        ListReleasesRequest.newBuilder().setService("checkout").build())
                .getReleases(0);
    }

    @Test
    void argoRolloutsGoesOnAbortsAndPauses() {
        var argo = new Argo(95, 75);
        var good = argo.run("good", "s1");
        assertEquals("Running", argo.resume(good));
        gate.analysis.say("good", Verdict.PASS, 4);
        assertEquals("Successful", argo.resume(good));
        var bad = argo.run("bad", "good");
        fails("bad");
        assertEquals("Failed", argo.resume(bad));
        var open = argo.run("open", "good");
        endsUndecided("open");
        assertEquals("Inconclusive", argo.resume(open));
        var release = newest();
        assertEquals(
                List.of("guestbook", "shop", "open", "good"),
                List.of(release.getRollout(), release.getNamespace(), release.getCanary(), release.getStable()));
    }

    @Test
    void withoutAScoreInBetweenAHoldIsNotComplete() {
        var argo = new Argo(80, 80);
        var id = argo.run("c1", "s1");
        endsUndecided("c1");
        assertEquals("Running", argo.resume(id));
    }

    @Test
    void aCanaryThatNobodyUsesIsPausedAtItsDeadlineAndANewRunWhenAskedAgain() {
        var argo = new Argo(95, 75);
        var id = argo.run("c1", "s1");
        gate.analysis.silence(
                "c1", analysis -> analysis.setVerdict(Verdict.INCONCLUSIVE).setState(Analysis.State.CONCLUDED));
        assertEquals("Inconclusive", argo.resume(id));
        assertEquals("Inconclusive", argo.resume(id), "a look begins nothing anew");
        assertEquals(Release.State.EXPIRED, newest().getState());
        gate.analysis.say("c1", Verdict.CONTINUE, 0);
        assertEquals(id, argo.run("c1", "s1"));
        assertEquals("Running", argo.resume(id));
        assertEquals(2, newest().getRun());
    }

    @Test
    void anExecutionIsKnownAfterARestartAndToEveryReplica() throws Exception {
        var argo = new Argo(95, 75);
        var id = argo.run("c1", "s1");
        gate.restart();
        assertEquals("Running", argo.resume(id));
        assertEquals(id, argo.run("c1", "s1"), "the same question");
        fails("c1");
        try (var other = gate.another()) {
            var there = URI.create("http://127.0.0.1:" + other.httpPort() + "/v1/kayenta/canary/" + id);
            Await.until("the ABORT at the other replica", GateUnderTest.LIMIT, () -> {
                var status = json(send(HttpRequest.newBuilder(there)));
                return status.path("complete").booleanValue()
                        && status.at("/result/judgeResult/score/score").intValue() == 0;
            });
        }
    }

    @Test
    void aHundredQuestionsAtOnceAreOneExecutionAndOneRelease() throws Exception {
        var argo = new Argo(95, 75);
        Set<String> ids = new HashSet<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> calls = new ArrayList<>();
            for (var i = 0; i < 100; i++) {
                calls.add(() -> argo.run("c1", "s1"));
            }
            for (var call : threads.invokeAll(calls)) {
                ids.add(call.get());
            }
        }
        assertEquals(1, ids.size());
        assertEquals(1, gate.analysis.names().size());
    }

    @Test
    void anOutageBehindTheGateIsNoErrorAndNoScore() throws SQLException {
        var argo = new Argo(95, 75);
        var id = argo.run("c1", "s1");
        gate.analysisServer.stop();
        assertEquals("Running", argo.resume(id));
        assertEquals("Running", argo.resume(argo.run("c2", "s1")));
        execute("alter table gate.releases rename to gone");
        assertEquals("Running", argo.resume(id));
        var during = argo.run("c3", "s1");
        assertEquals("Running", argo.resume(during));
        assertEquals(503, cancel(id).statusCode());
        execute("alter table gate.gone rename to releases");
        assertEquals("Running", argo.resume(during), "asked during the outage, known after it");
    }

    private void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private HttpResponse<String> cancel(String id) {
        return send(HttpRequest.newBuilder(gate.uri("/v1/kayenta/pipelines/" + id + "/cancel"))
                .PUT(HttpRequest.BodyPublishers.ofString("\"\"")));
    }

    /** Orca's data classes with Kotlin's null checks: a parameter that may be null is annotated so. */
    private static final class Orca {
        private static final JsonMapper STRICT = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        private static final Set<String> STATUSES = Set.of(
                "NOT_STARTED",
                "RUNNING",
                "PAUSED",
                "SUSPENDED",
                "SUCCEEDED",
                "FAILED_CONTINUE",
                "TERMINAL",
                "CANCELED",
                "REDIRECT",
                "STOPPED",
                "SKIPPED",
                "BUFFERED");

        record CanaryResults(
                Boolean complete,
                String status,
                @Nullable CanaryResult result,
                @Nullable Instant buildTimeIso,
                @Nullable Instant startTimeIso,
                @Nullable Instant endTimeIso,
                @Nullable String storageAccountName,
                String application,
                @Nullable CanaryExecutionRequest canaryExecutionRequest,
                @Nullable Map<String, Object> exception) {
            CanaryResults {
                Objects.requireNonNull(complete);
                Objects.requireNonNull(application);
                assertTrue(STATUSES.contains(status.toUpperCase(Locale.ROOT)), status);
            }
        }

        record CanaryResult(
                JudgeResult judgeResult, @Nullable Duration canaryDuration) {
            CanaryResult {
                Objects.requireNonNull(judgeResult);
            }
        }

        record JudgeResult(JudgeScore score, List<JudgeResultEntry> results) {
            JudgeResult {
                Objects.requireNonNull(score);
                Objects.requireNonNull(results);
            }
        }

        record JudgeScore(int score, String classification, String classificationReason) {
            JudgeScore {
                Objects.requireNonNull(classification);
                Objects.requireNonNull(classificationReason);
            }
        }

        record JudgeResultEntry(ControlMetadata controlMetadata) {
            JudgeResultEntry {
                Objects.requireNonNull(controlMetadata);
            }
        }

        record ControlMetadata(ControlMetadataStats stats) {
            ControlMetadata {
                Objects.requireNonNull(stats);
            }
        }

        record ControlMetadataStats(Integer count) {
            ControlMetadataStats {
                Objects.requireNonNull(count);
            }
        }

        record CanaryExecutionRequest(Map<String, CanaryScopes> scopes, Thresholds thresholds) {
            CanaryExecutionRequest {
                Objects.requireNonNull(thresholds);
            }
        }

        record CanaryScopes(CanaryScope controlScope, CanaryScope experimentScope) {
            CanaryScopes {
                Objects.requireNonNull(controlScope);
                Objects.requireNonNull(experimentScope);
            }
        }

        record CanaryScope(@Nullable String scope, @Nullable String location, Instant start, Instant end, long step) {
            CanaryScope {
                Objects.requireNonNull(start);
                Objects.requireNonNull(end);
            }
        }

        record Thresholds(Integer pass, Integer marginal) {
            Thresholds {
                Objects.requireNonNull(pass);
                Objects.requireNonNull(marginal);
            }
        }

        record KayentaCredential(String name, String type) {
            KayentaCredential {
                Objects.requireNonNull(name);
                Objects.requireNonNull(type);
            }
        }

        record KayentaCanaryConfig(
                String id, String name, @Nullable Long updatedTimestamp, List<String> applications) {
            KayentaCanaryConfig {
                Objects.requireNonNull(id);
                Objects.requireNonNull(name);
                Objects.requireNonNull(applications);
            }
        }

        static <T> T read(HttpResponse<String> response, Class<T> type) {
            assertEquals(200, response.statusCode(), response.body());
            try {
                return STRICT.readValue(response.body(), type);
            } catch (IOException e) {
                throw new UncheckedIOException(response.body(), e);
            }
        }
    }

    private String spinnaker(String pipeline, String canary, int pass, int marginal) {
        var body = """
                {"scopes":{"default":{
                   "controlScope":{"scope":"s1","location":"us-west-2","start":"2026-03-01T12:00:00Z","end":"%4$s","step":60,"extendedScopeParams":{}},
                   "experimentScope":{"scope":"%1$s","location":"us-west-2","start":"2026-03-01T12:00:00Z","end":"%4$s","step":60,"extendedScopeParams":{"k":null}}}},
                 "thresholds":{"pass":%2$d,"marginal":%3$d},"siteLocal":{}}""".formatted(canary, pass, marginal, Instant.now());
        var begun = post("checkout", "application=shop&parentPipelineExecutionId=" + pipeline, body);
        assertEquals(200, begun.statusCode(), begun.body());
        json(begun).forEach(value -> assertTrue(value.isTextual(), "every value is text there: " + begun.body()));
        return json(begun).path("canaryExecutionId").textValue();
    }

    private Orca.CanaryResults look(String id) {
        return Orca.read(
                send(HttpRequest.newBuilder(gate.uri("/v1/kayenta/canary/" + id + "?storageAccountName=store"))),
                Orca.CanaryResults.class);
    }

    @Test
    void spinnakerReadsEveryAnswerAndEachOfItsQuestionsIsAnsweredAtOnce() {
        var configs = Orca.read(
                send(HttpRequest.newBuilder(gate.uri("/v1/kayenta/canaryConfig"))), Orca.KayentaCanaryConfig[].class);
        assertEquals(List.of("cart", "checkout"), List.of(configs[0].id(), configs[1].name()));
        var credentials = Orca.read(
                send(HttpRequest.newBuilder(gate.uri("/v1/kayenta/credentials"))), Orca.KayentaCredential[].class);
        assertEquals("prometheus", credentials[0].type());

        var first = spinnaker("01HX", "c1", 95, 75);
        var undecided = look(first);
        assertEquals("succeeded", undecided.status());
        assertEquals(76, undecided.result().judgeResult().score().score(), "above marginal: the stage goes on");
        assertEquals(1, undecided.result().judgeResult().results().size());
        assertEquals("shop", undecided.application());
        gate.analysis.say("c1", Verdict.PASS, 4);
        assertEquals(first, spinnaker("01HX", "c1", 95, 75), "the next interval of one pipeline");
        var passed = look(first);
        assertEquals(100, passed.result().judgeResult().score().score());
        assertEquals(
                4,
                passed.result()
                        .judgeResult()
                        .results()
                        .getFirst()
                        .controlMetadata()
                        .stats()
                        .count());
        fails("c1");
        assertEquals(0, look(first).result().judgeResult().score().score());
        gate.analysis.say("c1", Verdict.CONTINUE, 0);
        var other = spinnaker("01HY", "c1", 95, 75);
        assertEquals(76, look(other).result().judgeResult().score().score(), "another pipeline is another release");
    }

    @Test
    void spinnakerWaitsWhenThereIsNoScoreInBetween() {
        var id = spinnaker("01HX", "c1", 76, 75);
        var waiting = look(id);
        assertFalse(waiting.complete());
        assertEquals("running", waiting.status());
        gate.analysis.say("c1", Verdict.PASS, 4);
        assertTrue(look(id).complete());
    }

    @Test
    void whatSpinnakerCancelsEndsWithoutAVerdict() {
        var id = spinnaker("01HX", "c1", 95, 75);
        assertEquals(200, cancel(id).statusCode());
        assertEquals(Release.State.EXPIRED, newest().getState());
        assertEquals(
                List.of(DecisionReason.ANALYSIS_CANCELLED),
                newest().getLatestDecision().getReasonsList());
        assertEquals("canceled", look(id).status());
        assertTrue(look(id).complete());
        assertEquals(200, cancel(id).statusCode(), "once more");
        assertEquals("", newest().getRollback());
    }

    @Test
    void aConfigIsThePolicyOfItsName() {
        var response = send(HttpRequest.newBuilder(gate.uri("/v1/kayenta/canaryConfig/checkout")));
        assertEquals(200, response.statusCode());
        assertEquals("[\"checkout\"]", json(response).path("applications").toString());
        assertEquals(95, json(response).at("/classifier/scoreThresholds/pass").intValue());
        var one = send(HttpRequest.newBuilder(gate.uri("/v1/kayenta/canaryConfig?application=cart")));
        assertEquals(1, json(one).size());
        var none = send(HttpRequest.newBuilder(gate.uri("/v1/kayenta/canaryConfig/chekout")));
        assertEquals(404, none.statusCode());
        assertEquals(
                "no ReleasePolicy is called 'chekout'; known: cart, checkout",
                json(none).path("message").textValue());
        assertEquals(404, post("chekout", "application=a", "{}").statusCode());
    }

    @Test
    void executionsAreListedNewestFirst() {
        var argo = new Argo(95, 75);
        argo.run("c1", "s1");
        fails("c1");
        argo.resume(argo.run("c1", "s1"));
        argo.run("c2", "s1");
        var all = json(send(HttpRequest.newBuilder(gate.uri("/v1/kayenta/canary/executions?application=guestbook"))));
        assertEquals(2, all.size(), all.toString());
        assertEquals(
                "c2",
                all.get(0)
                        .at("/canaryExecutionRequest/scopes/default/experimentScope/scope")
                        .textValue());
        var ended = json(send(HttpRequest.newBuilder(
                gate.uri("/v1/kayenta/canary/executions?application=guestbook&statuses=SUCCEEDED,terminal"))));
        assertEquals(1, ended.size());
        var second = json(send(HttpRequest.newBuilder(gate.uri("/v1/kayenta/canary/executions?limit=1&page=2"))));
        assertEquals(
                "c1",
                second.get(0)
                        .at("/canaryExecutionRequest/scopes/default/experimentScope/scope")
                        .textValue());
        var id = all.get(0).path("pipelineId").textValue();
        assertEquals("Running", argo.resume(id));
        var other = json(send(HttpRequest.newBuilder(gate.uri("/v1/kayenta/canary/executions?application=cart"))));
        assertEquals(0, other.size());
        var wrong = send(HttpRequest.newBuilder(gate.uri("/v1/kayenta/canary/executions?limit=0")));
        assertEquals(400, wrong.statusCode());
    }

    @Test
    void anIdThatIsNoneIsUnknown() {
        for (var id : List.of("%3Cnil%3E", "x", "a7c1")) {
            var response = send(HttpRequest.newBuilder(gate.uri("/v1/kayenta/canary/" + id)));
            assertEquals(404, response.statusCode(), response.body());
            assertTrue(json(response).path("message").isTextual());
            assertEquals(404, cancel(id).statusCode());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|body is missing",
                "[]|body is an array",
                "{}|scopes is missing",
                "{'scopes':{},'thresholds':{'pass':95,'marginal':75}}|scopes is empty",
                "{'scopes':{'d':{'controlScope':{'scope':'a'},'experimentScope':{'scope':'a'}}},'thresholds':{'pass':95,'marginal':75}}|scopes.d.controlScope.scope is 'a'",
                "{'scopes':{'d':{'controlScope':{'scope':''},'experimentScope':{'scope':'a'}}},'thresholds':{'pass':95,'marginal':75}}|scopes.d.controlScope.scope is empty",
                "{'scopes':{'d':{'controlScope':{'scope':7},'experimentScope':{'scope':'a'}}},'thresholds':{'pass':95,'marginal':75}}|scopes.d.controlScope.scope is a number",
                "{'scopes':{'d':{'experimentScope':{'scope':'a'}}},'thresholds':{'pass':95,'marginal':75}}|scopes.d.controlScope is missing",
                "{'scopes':{'d':{'controlScope':{'scope':'{{args.x}}'},'experimentScope':{'scope':'a'}}},'thresholds':{'pass':95,'marginal':75}}|scopes.d.controlScope.scope is '{{args.x}}'",
                "{'scopes':{'d':{'controlScope':{'scope':'b'},'experimentScope':{'scope':'a'}},'e':{'controlScope':{'scope':'c'},'experimentScope':{'scope':'a'}}},'thresholds':{'pass':95,'marginal':75}}|scopes.e is about another",
                "{'scopes':{'d':{'controlScope':{'scope':'b'},'experimentScope':{'scope':'a'}}},'thresholds':{'pass':75,'marginal':95}}|thresholds.marginal is 95, more than",
                "{'scopes':{'d':{'controlScope':{'scope':'b'},'experimentScope':{'scope':'a'}}},'thresholds':{'pass':94.9,'marginal':75}}|thresholds.pass is 94.9",
                "{'scopes':{'d':{'controlScope':{'scope':'b'},'experimentScope':{'scope':'a'}}},'thresholds':{'pass':101,'marginal':75}}|thresholds.pass is 101",
                "{'scopes':{'d':{'controlScope':{'scope':'b'},'experimentScope':{'scope':'a'}}}}|thresholds is missing"
            })
    void aQuestionThatIsNotLegalSaysWhy(String body, String message) {
        var response = post("checkout", "application=a", body.replace('\'', '"').replace("is \"a\"", "is 'a'"));
        assertEquals(400, response.statusCode(), response.body());
        assertTrue(json(response).path("message").textValue().startsWith(message), response.body());
        assertEquals(1, json(response).size());
    }
}
