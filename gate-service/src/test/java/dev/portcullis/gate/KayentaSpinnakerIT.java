package dev.portcullis.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.DecisionReason;
import dev.portcullis.proto.gate.v1.Release;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Kayenta's API as Spinnaker's Orca uses it (orca-kayenta, KayentaService.kt). */
final class KayentaSpinnakerIT extends KayentaCalls {
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
}
