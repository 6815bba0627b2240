package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.gate.testing.FakeAnalysis;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.launch.RunningService;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.MeasuringState;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.AbortReleaseRequest;
import dev.portcullis.proto.gate.v1.DecisionReason;
import dev.portcullis.proto.gate.v1.Outcome;
import dev.portcullis.proto.gate.v1.PromoteReleaseRequest;
import dev.portcullis.proto.gate.v1.Release;
import dev.portcullis.proto.gate.v1.RuleOutcome;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services that are released together, at two gates over one database. */
final class ReleaseGroupIT {
    private static final List<String> SERVICES = List.of("ledger", "pay-in", "pay-out");

    @TempDir
    static Path folder;

    private static GateUnderTest gate;
    private static RunningService second;

    @BeforeAll
    static void start() throws IOException {
        for (var service : SERVICES) {
            GateUnderTest.policy(folder, service, "");
        }
        GateUnderTest.policy(folder, "shop", "  gate: {bakeAfter: 30m}");
        GateUnderTest.policy(folder, "cart", "");
        Files.writeString(folder.resolve("groups.yaml"), """
                apiVersion: portcullis.dev/v1
                kind: ReleaseGroup
                metadata: {name: payments}
                spec:
                  label: change
                  inOrder: true
                  members: [{service: ledger}, {service: pay-in}, {service: pay-out}]
                ---
                apiVersion: portcullis.dev/v1
                kind: ReleaseGroup
                metadata: {name: sales}
                spec:
                  label: train
                  members: [{service: shop}, {service: cart, namespace: eu}, {service: cart, namespace: us}]
                """);
        gate = new GateUnderTest(folder);
        second = gate.another();
    }

    @AfterAll
    static void stop() {
        second.close();
        gate.close();
    }

    private static JsonNode ask(String service, String namespace, String canary, String labels) {
        var response =
                gate.ask("{\"service\":\"" + service + "\",\"namespace\":\"" + namespace + "\",\"rollout\":\"" + canary
                        + "\",\"canary\":\"" + canary + "\",\"stable\":\"s1\",\"stage\":\"canary-1\""
                        + (labels.isEmpty() ? "" : ",\"labels\":\"" + labels + "\"") + "}");
        assertEquals(200, response.statusCode(), response.body());
        return GateUnderTest.json(response);
    }

    /** A release of a service whose canary is called after the service and its change. */
    private static String opened(String service, String change) {
        return ask(service, "", service + "-" + change, "change=" + change)
                .path("release")
                .textValue();
    }

    private static void pass(String canary) {
        gate.analysis.say(canary, Verdict.PASS, 3);
    }

    private static void passForGood(String canary) {
        gate.analysis.say(
                canary,
                analysis -> analysis.setVerdict(Verdict.PASS).setWindowCount(9).setState(Analysis.State.CONCLUDED));
    }

    private static void fail(String canary) {
        gate.analysis.say(canary, analysis -> analysis.setVerdict(Verdict.FAIL)
                .setState(Analysis.State.CONCLUDED)
                .setWindowCount(4)
                .clearObjectives()
                .addObjectives(FakeAnalysis.violated()));
    }

    private static List<String> reasons(JsonNode answer) {
        return answer.path("reasons").valueStream().map(JsonNode::textValue).toList();
    }

    private static Outcome outcome(String release) {
        return gate.release(release).getLatestDecision().getOutcome();
    }

    private static String explanation(String release) {
        return gate.release(release).getLatestDecision().getExplanation();
    }

    private static void awaitExplanation(String release, String part) {
        Await.until(part, LIMIT, () -> explanation(release).contains(part));
    }

    private static void awaitState(String release, Release.State state) {
        Await.until(release + " " + state, LIMIT, () -> gate.release(release).getState() == state);
    }

    @Test
    void theConsoleTellsWhatAReleaseWaitsForAsItIsOnRecord() {
        pass("ledger-shown");
        var name = opened("ledger", "shown");
        Await.until("it waits", LIMIT, () -> reasons(ask("ledger", "", "ledger-shown", "change=shown"))
                .contains("GROUP_WAITS"));
        for (var path : List.of("/console", "/console/" + name)) {
            var page = gate.send(HttpRequest.newBuilder(gate.uri(path)));
            assertEquals(200, page.statusCode(), page.body());
            assertTrue(page.body().contains("waits until all of it may be promoted"), page.body());
        }
    }

    @Test
    void threeArePromotedInTheirOrderOnceAllOfThemMayBeThoughNobodyAsksAgain() {
        pass("ledger-o1");
        var ledger = ask("ledger", "", "ledger-o1", "change=o1");
        assertEquals(List.of("GROUP_WAITS", "CANARY_WITHIN_LIMITS"), reasons(ledger), ledger.toString());
        assertTrue(
                ledger.path("explanation")
                        .textValue()
                        .startsWith(
                                "the release group 'payments' with change=o1 waits until all of it may be promoted, and still for"
                                        + " 'pay-in', of which there is no release yet and for 'pay-out', of which there is no"
                                        + " release yet"),
                ledger.toString());
        var first = ledger.path("release").textValue();
        gate.analysis.say("pay-out-o1", Verdict.CONTINUE, 1);
        pass("pay-in-o1");
        var last = opened("pay-out", "o1");
        var middle = opened("pay-in", "o1");
        awaitExplanation(first, "for 'pay-out' (" + last + " is HOLD for NOT_ENOUGH_EVIDENCE)");
        awaitExplanation(middle, "for 'pay-out' (" + last + " is HOLD for NOT_ENOUGH_EVIDENCE)");
        assertEquals(Outcome.HOLD, outcome(first));
        pass("pay-out-o1");
        for (var release : List.of(first, middle, last)) {
            Await.until("the promotion of " + release, LIMIT, () -> outcome(release) == Outcome.PROMOTE);
        }
        assertEquals(
                List.of(first, middle, last),
                gate.rows("select 'services/' || r.service || '/releases/' || r.id from gate.releases r"
                        + " join gate.decisions d on d.release_id = r.id where r.labels = 'change=o1' and d.outcome ="
                        + " 'PROMOTE' group by r.id order by min(d.number)"));
        assertEquals(
                "PROMOTE", ask("ledger", "", "ledger-o1", "").path("decision").textValue());
    }

    @Test
    void whatIsNotReadyAnyMoreDoesNotTakeBackWhatIsPromoted() {
        for (var service : SERVICES) {
            pass(service + "-b1");
        }
        var all = SERVICES.stream().map(service -> opened(service, "b1")).toList();
        all.forEach(release -> Await.until("the promotions", LIMIT, () -> outcome(release) == Outcome.PROMOTE));
        gate.analysis.say(
                "pay-out-b1",
                analysis -> analysis.setVerdict(Verdict.PASS).setWindowCount(4).setMeasuring(MeasuringState.NO_DATA));
        Await.until("the last to be blind", LIMIT, () -> outcome(all.getLast()) == Outcome.HOLD);
        passForGood("ledger-b1");
        awaitState(all.getFirst(), Release.State.PROMOTED);
    }

    @Test
    void whenOneIsAbortedTheOthersAreToo() {
        pass("ledger-a1");
        gate.analysis.say("pay-out-a1", Verdict.CONTINUE, 1);
        gate.analysis.say("pay-in-a1", Verdict.CONTINUE, 1);
        var all = SERVICES.stream().map(service -> opened(service, "a1")).toList();
        var elsewhere = opened("ledger", "a2");
        fail("pay-in-a1");
        all.forEach(release -> awaitState(release, Release.State.ABORTED));
        var own = gate.release(all.get(1)).getLatestDecision();
        assertEquals(List.of(DecisionReason.SLO_VIOLATED), own.getReasonsList());
        for (var release : List.of(all.getFirst(), all.getLast())) {
            var decision = gate.release(release).getLatestDecision();
            assertEquals(List.of(DecisionReason.GROUP_ABORTED), decision.getReasonsList());
            assertEquals("gate", decision.getActor());
            assertTrue(
                    decision.getExplanation()
                            .startsWith("the release group 'payments' is aborted together, and of change=a1 "
                                    + all.get(1) + " was aborted first: "),
                    decision.getExplanation());
            gate.awaitOrder(release);
            assertFalse(gate.release(release).getRollback().isEmpty());
        }
        assertEquals(
                "ABORT", ask("ledger", "", "ledger-a1", "").path("decision").textValue());
        assertEquals(Release.State.OPEN, gate.release(elsewhere).getState());
    }

    @Test
    void aPersonsAbortIsOneToo() {
        var all = SERVICES.stream()
                .map(service -> {
                    gate.analysis.say(service + "-p1", Verdict.CONTINUE, 1);
                    return opened(service, "p1");
                })
                .toList();
        gate.grpc()
                .abortRelease(AbortReleaseRequest.newBuilder()
                        .setName(all.getLast())
                        .setReason("payments are failing")
                        .build());
        all.forEach(release -> awaitState(release, Release.State.ABORTED));
        assertTrue(explanation(all.getFirst()).endsWith("payments are failing"), explanation(all.getFirst()));
    }

    @Test
    void whoHasNoReleaseLeftIsNamedAndANewOneIsWaitedFor() {
        pass("ledger-d1");
        var ledger = opened("ledger", "d1");
        pass("pay-in-d1");
        opened("pay-in", "d1");
        gate.analysis.silence("pay-out-d1", analysis -> analysis.setVerdict(Verdict.INCONCLUSIVE)
                .setState(Analysis.State.CONCLUDED));
        var expired = opened("pay-out", "d1");
        awaitState(expired, Release.State.EXPIRED);
        awaitExplanation(
                ledger,
                "for 'pay-out', whose " + expired + " has ended as EXPIRED: it needs a new run, or another release");
        pass("pay-out-d2");
        ask("pay-out", "", "pay-out-d2", "change=d1");
        Await.until("the promotion", LIMIT, () -> outcome(ledger) == Outcome.PROMOTE);
    }

    @Test
    void withoutTheLabelAReleaseIsHeldUntilItIsTold() {
        pass("ledger-l1");
        var held = ask("ledger", "", "ledger-l1", "");
        assertEquals(List.of("GROUP_WAITS", "CANARY_WITHIN_LIMITS"), reasons(held));
        assertTrue(
                held.path("explanation")
                        .textValue()
                        .startsWith(
                                "the release group 'payments' goes by the label 'change', which this release does not"
                                        + " have, so that nobody knows what it belongs to; tell it with the question"),
                held.toString());
        pass("pay-in-l1");
        pass("pay-out-l1");
        opened("pay-in", "l1");
        opened("pay-out", "l1");
        ask("ledger", "", "ledger-l1", "change=l1");
        Await.until("the promotion", LIMIT, () -> ask("ledger", "", "ledger-l1", "")
                .path("decision")
                .textValue()
                .equals("PROMOTE"));
    }

    @Test
    void aPersonMayPromoteOneAllTheSame() {
        gate.analysis.say("ledger-h1", Verdict.CONTINUE, 1);
        var promoted = gate.grpc()
                .promoteRelease(PromoteReleaseRequest.newBuilder()
                        .setName(opened("ledger", "h1"))
                        .setReason("on its own")
                        .build());
        assertEquals(
                List.of(DecisionReason.PROMOTED_BY_PERSON, DecisionReason.GROUP_WAITS),
                promoted.getLatestDecision().getReasonsList());
    }

    @Test
    void whatIsWatchedIsRolledBackAndWhatIsOutOfReachIsTold() {
        passForGood("shop-t1");
        passForGood("cart-eu");
        gate.analysis.say("cart-us", Verdict.PASS, 3);
        var shop = ask("shop", "", "shop-t1", "train=t1").path("release").textValue();
        var eu = ask("cart", "eu", "cart-eu", "train=t1").path("release").textValue();
        awaitExplanation(shop, "for 'cart' in namespace 'us', of which there is no release yet");
        var us = ask("cart", "us", "cart-us", "train=t1").path("release").textValue();
        awaitState(eu, Release.State.PROMOTED);
        Await.until("the watch", LIMIT, () -> gate.release(shop).hasWatchEndTime());
        Await.until("the promotion", LIMIT, () -> outcome(us) == Outcome.PROMOTE);
        gate.restart();
        fail("cart-us");
        awaitState(us, Release.State.ABORTED);
        awaitState(shop, Release.State.ABORTED);
        var outOfReach =
                "of the release group 'sales' with train=t1 was promoted already, and is not watched any more: " + eu
                        + "; nothing rolls that back by itself, so a person has to look whether it may stay";
        assertEquals(
                List.of(RuleOutcome.newBuilder()
                        .setRule("releaseGroup")
                        .setEffect(RuleOutcome.Effect.PASSED)
                        .setDetail(outOfReach)
                        .build()),
                gate.release(us).getLatestDecision().getRulesList());
        var together = gate.release(shop).getLatestDecision();
        assertEquals(List.of(DecisionReason.GROUP_ABORTED), together.getReasonsList());
        assertTrue(together.getExplanation().endsWith(outOfReach), together.getExplanation());
        assertEquals(Release.State.PROMOTED, gate.release(eu).getState());
        gate.awaitOrder(shop);
    }

    @Test
    void aDryRunBelongsToNoChangeOfOthers() {
        pass("ledger-r1");
        pass("pay-in-r1");
        pass("pay-out-r1");
        opened("pay-in", "r1");
        opened("ledger", "r1");
        var response = gate.ask(
                "{\"service\":\"pay-out\",\"rollout\":\"pay-out-r1\",\"canary\":\"pay-out-r1\",\"stable\":\"s1\","
                        + "\"stage\":\"canary-1\",\"labels\":\"change=r1\",\"dryRun\":true}");
        assertEquals(200, response.statusCode(), response.body());
        assertTrue(ask("ledger", "", "ledger-r1", "")
                .path("explanation")
                .textValue()
                .contains("'pay-out', of which there is no release yet"));
    }
}
