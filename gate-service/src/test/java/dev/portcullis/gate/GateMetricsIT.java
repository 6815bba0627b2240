package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.flagger.FlaggerHook;
import dev.portcullis.gate.github.ProtectionRules;
import dev.portcullis.gate.message.MessageEnd;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.analysis.v1.Verdict;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class GateMetricsIT {
    @AutoClose
    private final GateUnderTest gate = GateUnderTest.ofCheckout();

    @Test
    void everyCounterIsOnThePageAtZeroBeforeAnythingHasHappened() {
        for (var reason : DecisionReason.values()) {
            for (var outcome : reason.outcomes()) {
                assertEquals(0, decisions(outcome.name(), reason.name(), false));
                assertEquals(0, decisions(outcome.name(), reason.name(), true));
            }
        }
        for (var reason : List.of("STORE_UNAVAILABLE", "ANSWER_TIMEOUT", "INTERNAL_ERROR")) {
            assertEquals(0, gate.metric("portcullis_gate_unrecorded_answers_total{reason=\"" + reason + "\"}"));
        }
        for (var hook : FlaggerHook.values()) {
            assertEquals(0, answers("/v1/flagger/" + hook.type(), hook == FlaggerHook.EVENT ? "202" : "403"));
        }
        for (var end : ProtectionRules.End.values()) {
            assertEquals(0, gate.metric("portcullis_gate_protection_rules_total{end=\"" + end + "\"}"));
        }
        for (var end : MessageEnd.values()) {
            assertEquals(0, gate.metric("portcullis_gate_messages_total{end=\"" + end + "\"}"));
        }
        for (var path : List.of("/v1/argo", "/v1/gate", "/v1/kayenta", "/v1/github")) {
            for (var status : List.of("200", "400", "413", "500", "503")) {
                assertEquals(0, answers(path, status));
            }
        }
        for (var status : List.of("202", "404", "429")) {
            assertEquals(0, answers("/v1/gate", status));
        }
        for (var outcome : List.of("STARTED", "REFUSED", "POSTPONED", "OUTDATED")) {
            assertEquals(0, gate.metric("portcullis_gate_rollback_orders_total{outcome=\"" + outcome + "\"}"));
        }
        assertEquals(
                0,
                gate.metric(
                        "portcullis_grpc_open_streams{rpc=\"WatchRelease\",service=\"portcullis.gate.v1.GateService\"}"));
        assertEquals(0, gate.metric("portcullis_configuration_refused"));
    }

    private double decisions(String outcome, String reason, boolean dryRun) {
        return gate.metric("portcullis_gate_decisions_total{dry_run=\"" + dryRun + "\",outcome=\"" + outcome
                + "\",reason=\"" + reason + "\"}");
    }

    private double answers(String path, String status) {
        return gate.metric("portcullis_gate_answers_total{path=\"" + path + "\",status=\"" + status + "\"}");
    }

    @Test
    void everyMetricOfThePageIsServedFromTheStart() throws IOException {
        var page = gate.prometheus();
        var named = Pattern.compile("portcullis_[a-z_]+")
                .matcher(Files.readString(Path.of("../docs/decisions.md")))
                .results()
                .map(MatchResult::group)
                // Those of files of TLS and of witnesses are there where such files and witnesses are.
                .filter(name -> !name.startsWith("portcullis_tls_"))
                .filter(name -> !name.equals("portcullis_gate_audit_cosignatures_total"))
                .collect(Collectors.toSet());
        assertTrue(named.size() > 5, named.toString());
        named.forEach(name -> assertTrue(page.contains("\n" + name), name));
    }

    @Test
    void decisionsAnswersAndOpenReleasesAreCounted() {
        gate.poll("c1");
        gate.poll("c1");
        gate.analysis.say("c1", Verdict.PASS, 4);
        gate.poll("c1");
        gate.poll("c2");
        gate.get("service=checkout");
        gate.get("service=chekout&canary=c1");
        assertEquals(2, decisions("HOLD", "NOT_ENOUGH_EVIDENCE", false));
        assertEquals(1, decisions("PROMOTE", "CANARY_WITHIN_LIMITS", false));
        assertEquals(1, gate.metric("portcullis_gate_unrecorded_answers_total{reason=\"UNKNOWN_SERVICE\"}"));
        assertEquals(5, answers("/v1/argo", "200"));
        assertEquals(1, answers("/v1/argo", "400"));
        gate.ask("{}");
        gate.ask("{\"service\":\"checkout\",\"stage\":\"pre-deploy\"}");
        assertEquals(1, answers("/v1/gate", "200"));
        assertEquals(1, answers("/v1/gate", "400"));
        Await.until("an open release", LIMIT, () -> gate.metric("portcullis_gate_open_releases") >= 1);
        Await.until(
                "one without a decision",
                LIMIT,
                () -> gate.metric("portcullis_gate_oldest_undecided_release_age_seconds") > 0);
    }

    @Test
    void theDecisionsOfADryRunAreCountedApart() {
        gate.ask("{\"service\":\"checkout\",\"revision\":\"c1\",\"stage\":\"canary-1\",\"dryRun\":true}");
        assertEquals(1, decisions("HOLD", "NOT_ENOUGH_EVIDENCE", true));
        assertEquals(0, decisions("HOLD", "NOT_ENOUGH_EVIDENCE", false));
    }

    @Test
    void theAnswersOfEveryWayToAskAreCounted() {
        assertEquals(400, posted("/v1/flagger/rollback"));
        assertEquals(400, posted("/v1/flagger/event"));
        assertEquals(404, posted("/v1/flagger/no-hook"));
        assertEquals(404, posted("/v1/kayenta/canary/nobody"));
        assertEquals(404, posted("/v1/github/protection-rule"));
        assertEquals(1, answers("/v1/flagger/rollback", "400"));
        assertEquals(1, answers("/v1/flagger/event", "400"));
        assertEquals(1, answers("/v1/flagger", "404"));
        assertEquals(1, answers("/v1/kayenta", "404"));
        assertEquals(1, answers("/v1/github", "404"));
    }

    private int posted(String path) {
        return gate.send(HttpRequest.newBuilder(gate.uri(path)).POST(BodyPublishers.ofString("{}")))
                .statusCode();
    }

    @Test
    void healthTellsWhatTheGateDependsOnAndReadinessDoesNotFlapWithIt() {
        assertEquals("UP", gate.health().path("status").textValue());
        gate.analysisServer.stop();
        Await.until("analysis away", LIMIT, () -> {
            gate.poll("c1");
            return !downstream("analysis");
        });
        assertEquals("DEGRADED", gate.health().path("status").textValue());
        assertTrue(downstream("rollback"));
        assertEquals(200, gate.send(HttpRequest.newBuilder(gate.uri("/health"))).statusCode());
        assertEquals(
                200,
                gate.send(HttpRequest.newBuilder(gate.uri("/health/readiness"))).statusCode());
    }

    private boolean downstream(String name) {
        return gate.health()
                .path("details")
                .path("downstreams")
                .path("details")
                .path(name)
                .path("reachable")
                .booleanValue();
    }
}
