package dev.portcullis.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.portcullis.gate.testing.FakeAnalysis;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.ListReleasesRequest;
import dev.portcullis.proto.gate.v1.Release;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gate, and what is asked of it as of a Kayenta. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("UnusedMethod") // The JSON library calls the constructors of the records.
abstract class KayentaCalls {
    final DatabaseSettings database = TestDatabase.fresh();

    @AutoClose
    GateUnderTest gate;

    @BeforeEach
    void start(@TempDir Path folder) {
        GateUnderTest.policy(folder, "checkout", "");
        GateUnderTest.policy(folder, "cart", "");
        gate = new GateUnderTest(folder, database);
    }

    /** What Argo Rollouts makes of the answers; an Error there is a failed measurement, and five of them abort. */
    final class Argo {
        final int pass;
        final int marginal;

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

        String body(String canary, String stable) {
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

    HttpResponse<String> send(HttpRequest.Builder request) {
        gate.settle();
        return gate.send(request);
    }

    HttpResponse<String> post(String config, String query, String body) {
        return send(HttpRequest.newBuilder(gate.uri("/v1/kayenta/canary/" + config + "?" + query))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    static JsonNode json(HttpResponse<String> response) {
        return GateUnderTest.json(response);
    }

    void fails(String canary) {
        gate.analysis.say(canary, analysis -> analysis.setVerdict(Verdict.FAIL)
                .setWindowCount(7)
                .clearObjectives()
                .addObjectives(FakeAnalysis.violated()));
    }

    Release newest() {
        return gate.grpc()
                .listReleases(
                        ListReleasesRequest.newBuilder().setService("checkout").build())
                .getReleases(0);
    }

    HttpResponse<String> cancel(String id) {
        return send(HttpRequest.newBuilder(gate.uri("/v1/kayenta/pipelines/" + id + "/cancel"))
                .PUT(HttpRequest.BodyPublishers.ofString("\"\"")));
    }

    /** Orca's data classes with Kotlin's null checks: a parameter that may be null is annotated so. */
    static final class Orca {
        static final JsonMapper STRICT = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        static final Set<String> STATUSES = Set.of(
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

    Orca.CanaryResults look(String id) {
        return Orca.read(
                send(HttpRequest.newBuilder(gate.uri("/v1/kayenta/canary/" + id + "?storageAccountName=store"))),
                Orca.CanaryResults.class);
    }
}
