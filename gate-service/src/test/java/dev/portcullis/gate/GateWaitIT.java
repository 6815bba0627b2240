package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static dev.portcullis.gate.testing.GateUnderTest.SHORT_STATEMENTS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.gate.usecase.AwaitDecision;
import dev.portcullis.kit.launch.RunningService;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.DatabaseProxy;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.ListReleasesRequest;
import dev.portcullis.proto.gate.v1.PromoteReleaseRequest;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers of {@code /v1/gate} that are waited for. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class GateWaitIT {
    /** Longer than any test lasts: whatever answers earlier, it was not the limit. */
    private static final String LONG = "1h";

    @AutoClose
    private final GateUnderTest gate = GateUnderTest.ofCheckout();

    private static String question(String rollout, String canary, String stage, String wait) {
        return "{\"service\":\"checkout\",\"rollout\":\"" + rollout + "\",\"canary\":\"" + canary
                + "\",\"stable\":\"s1\",\"stage\":\"" + stage + "\",\"wait\":\"" + wait + "\"}";
    }

    private CompletableFuture<HttpResponse<String>> asking(String body) {
        var before = waits(gate.service());
        var answer = gate.sending(gate.question(body));
        Await.until("the wait open", LIMIT, () -> waits(gate.service()) > before);
        return answer;
    }

    private static int waits(RunningService service) {
        return service.get(AwaitDecision.class).open();
    }

    private static HttpRequest.Builder ask(RunningService service, String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.httpPort() + "/v1/gate"))
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static JsonNode answer(CompletableFuture<HttpResponse<String>> answer) throws Exception {
        return answer(answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
    }

    private static JsonNode answer(HttpResponse<String> response) {
        assertEquals(200, response.statusCode(), response.body());
        return GateUnderTest.json(response);
    }

    private static void assertAnswer(String decision, boolean settled, JsonNode answer) {
        assertEquals(decision, answer.path("decision").textValue(), answer.toString());
        assertEquals(settled, answer.path("settled").booleanValue(), answer.toString());
    }

    private int releases() {
        return gate.grpc()
                .listReleases(ListReleasesRequest.getDefaultInstance())
                .getReleasesCount();
    }

    @Test
    void aPromoteAndAnAbortEndTheWait() throws Exception {
        var good = asking(question("a", "good", "canary-1", LONG));
        var bad = asking(question("b", "bad", "canary-1", LONG));
        gate.analysis.say("good", Verdict.PASS, 3);
        gate.analysis.say("bad", Verdict.FAIL, 3);
        assertAnswer("PROMOTE", true, answer(good));
        var aborted = answer(bad);
        assertAnswer("ABORT", true, aborted);
        var name = aborted.path("release").textValue();
        Await.until(
                "the rollback", LIMIT, () -> !gate.release(name).getRollback().isEmpty());
        assertEquals(2, releases());
        Await.until("the waits gone", LIMIT, () -> waits(gate.service()) == 0);
    }

    @Test
    void anAnswerThatIsThereIsNotWaitedFor() {
        gate.analysis.say("done", Verdict.FAIL, 3);
        assertAnswer("ABORT", true, answer(gate.ask(question("a", "done", "canary-1", LONG))));
    }

    @Test
    void atTheLimitTheHoldIsTheAnswer() {
        assertAnswer("HOLD", false, answer(gate.ask(question("a", "slow", "canary-1", "1100ms"))));
    }

    @Test
    void afterADeployTheEndOfTheAnalysisEndsTheWait() throws Exception {
        gate.analysis.say("post", Verdict.PASS, 3);
        var waiting = asking(question("a", "post", "post-deploy", LONG));
        gate.analysis.say(
                "post",
                analysis -> analysis.setVerdict(Verdict.PASS).setWindowCount(4).setState(Analysis.State.CONCLUDED));
        assertAnswer("PROMOTE", true, answer(waiting));
    }

    @Test
    void beforeADeployTheEndOfTheRollbackEndsTheWait() throws Exception {
        gate.analysis.say("bad", Verdict.FAIL, 3);
        gate.ask(question("a", "bad", "canary-1", "0s"));
        var waiting = asking("{\"service\":\"checkout\",\"stage\":\"pre-deploy\",\"wait\":\"1h\"}");
        gate.rollback.stands(dev.portcullis.proto.rollback.v1.Rollback.State.SUCCEEDED, "");
        assertAnswer("PROMOTE", true, answer(waiting));
    }

    @Test
    void aReleaseThatEndsOtherwiseIsTheAnswerAndNoNewRunBegins() throws Exception {
        var superseded = asking(question("a", "old", "canary-1", LONG));
        var expired = asking(question("b", "silent", "canary-1", LONG));
        // A wait is open before its question has reached the database; the newer canary is the one whose release is
        // opened later.
        Await.until("both releases", LIMIT, () -> releases() == 2);
        gate.ask(question("a", "new", "canary-1", "0s"));
        gate.analysis.silence(
                "silent", analysis -> analysis.setVerdict(Verdict.INCONCLUSIVE).setState(Analysis.State.CONCLUDED));
        var old = answer(superseded);
        assertAnswer("HOLD", true, old);
        assertEquals("[\"RELEASE_SUPERSEDED\"]", old.path("reasons").toString());
        var silent = answer(expired);
        assertAnswer("HOLD", true, silent);
        assertEquals("RELEASE_EXPIRED", silent.path("reasons").get(0).textValue());
        for (var ended : List.of(old, silent)) {
            var again = answer(gate.send(
                    HttpRequest.newBuilder(gate.uri(ended.path("address").textValue()))));
            assertEquals(ended.path("release"), again.path("release"));
            assertAnswer("HOLD", true, again);
        }
        assertEquals(3, releases());
    }

    @Test
    void aPersonEndsTheWait() throws Exception {
        var waiting = asking(question("a", "hand", "canary-1", LONG));
        var release = Await.value(
                "the release",
                LIMIT,
                () -> gate.grpc().listReleases(ListReleasesRequest.getDefaultInstance()).getReleasesList().stream()
                        .findFirst());
        gate.grpc()
                .promoteRelease(PromoteReleaseRequest.newBuilder()
                        .setName(release.getName())
                        .setReason("fine")
                        .build());
        assertAnswer("PROMOTE", true, answer(waiting));
    }

    @Test
    void aPolicyThatComesEndsTheWaitOfAnUnknownService() throws Exception {
        gate.analysis.say("c1", Verdict.PASS, 3);
        var waiting = asking("{\"service\":\"cart\",\"canary\":\"c1\",\"stage\":\"canary-1\",\"wait\":\"1h\"}");
        GateUnderTest.policy(gate.folder, "cart", "");
        assertAnswer("PROMOTE", true, answer(waiting));
    }

    @Test
    void anEvaluationIsWaitedForLikeAQuestion() throws Exception {
        var first = answer(gate.ask(question("a", "later", "canary-1", "0s")));
        var address = first.path("address").textValue() + "?wait=" + LONG;
        var waiting = gate.sending(HttpRequest.newBuilder(gate.uri(address)));
        Await.until("the wait open", LIMIT, () -> waits(gate.service()) == 1);
        gate.analysis.say("later", Verdict.PASS, 3);
        var answer = answer(waiting);
        assertAnswer("PROMOTE", true, answer);
        assertEquals(first.path("release"), answer.path("release"));
    }

    @Test
    void aClientThatLeavesFreesItsWait() throws Exception {
        var body = question("a", "left", "canary-1", LONG);
        try (var socket = new Socket("127.0.0.1", gate.service().httpPort())) {
            socket.getOutputStream()
                    .write(("POST /v1/gate HTTP/1.1\r\nHost: gate\r\nContent-Length: " + body.length() + "\r\n\r\n"
                                    + body)
                            .getBytes(StandardCharsets.US_ASCII));
            Await.until("the wait open", LIMIT, () -> waits(gate.service()) == 1);
            Await.until("the wait counted", LIMIT, () -> gate.metric("portcullis_gate_open_waits") == 1);
        }
        Await.until("the wait gone", LIMIT, () -> waits(gate.service()) == 0);
        Await.until("the wait counted no more", LIMIT, () -> gate.metric("portcullis_gate_open_waits") == 0);
        // A fault of the answer that nobody takes any more is logged with its stack, and counted, in the end of the
        // request.
        assertAnswer("HOLD", false, answer(gate.ask(question("a", "left", "canary-1", "0s"))));
        assertEquals(0, gate.metric("portcullis_gate_answers_total{path=\"/v1/gate\",status=\"500\"}"));
        assertFalse(gate.prometheus().contains("CancellationException"));
    }

    @Test
    void aServiceThatStopsAnswersItsWaitsWithTheirHold() throws Exception {
        var stopping = gate.another();
        var waiting = IntStream.range(0, 20)
                .mapToObj(i -> gate.sending(ask(stopping, question("r" + i, "c" + i, "canary-1", LONG))))
                .toList();
        Await.until("the waits open", LIMIT, () -> waits(stopping) == 20);
        stopping.close();
        for (var one : waiting) {
            assertAnswer("HOLD", false, answer(one));
        }
    }

    @Test
    void moreThanTheMostWaitsAreRefusedAndQuestionsWithoutAWaitAreNot() {
        try (var narrow = gate.another(Map.of("portcullis.gate.max-waits", 1))) {
            gate.sending(ask(narrow, question("a", "first", "canary-1", LONG)));
            Await.until("the wait open", LIMIT, () -> waits(narrow) == 1);
            var refused = gate.send(ask(narrow, question("b", "second", "canary-1", LONG)));
            assertEquals(429, refused.statusCode(), refused.body());
            assertTrue(refused.headers().firstValueAsLong("Retry-After").orElse(0) > 0);
            var body = GateUnderTest.json(refused);
            assertEquals("wait", body.path("field").textValue());
            assertTrue(body.path("fault").textValue().contains("PORTCULLIS_MAX_WAITS"), refused.body());
            assertAnswer("HOLD", false, answer(gate.send(ask(narrow, question("b", "second", "canary-1", "0s")))));
            gate.analysis.say("first", Verdict.PASS, 3);
            Await.until("the first answered", LIMIT, () -> waits(narrow) == 0);
            gate.analysis.say("second", Verdict.PASS, 3);
            assertAnswer("PROMOTE", true, answer(gate.send(ask(narrow, question("b", "second", "canary-1", LONG)))));
        }
    }

    /** The threads of the platform, but for those of the callers. */
    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> !name.startsWith("HttpClient-"))
                .sorted()
                .toList();
    }

    @Test
    void aThousandWaitsNeedFewThreads() throws Exception {
        var before = threads();
        var waiting = IntStream.range(0, 1_000)
                .mapToObj(i -> gate.sending(gate.question(question("r", "many", "canary-1", LONG))))
                .toList();
        Await.until("the waits open", LIMIT, () -> waits(gate.service()) == 1_000);
        var after = threads();
        assertTrue(after.size() - before.size() < 50, () -> before + " became " + after);
        gate.analysis.say("many", Verdict.PASS, 3);
        for (var one : waiting) {
            assertAnswer("PROMOTE", true, answer(one));
        }
    }

    @Test
    void withoutAnalysisOrDatabaseTheAnswerIsAHoldAndTheWaitGoesOn() throws Exception {
        gate.analysisServer.stop();
        var away = answer(gate.ask(question("a", "away", "canary-1", "1s")));
        assertAnswer("HOLD", false, away);
        assertEquals("[\"ANALYSIS_UNAVAILABLE\"]", away.path("reasons").toString());
        try (var proxy = new DatabaseProxy(TestDatabase.fresh());
                var cut = new GateUnderTest(gate.folder, proxy.settings(), SHORT_STATEMENTS)) {
            var first = answer(cut.ask(question("a", "c1", "canary-1", "0s")));
            proxy.fallSilent();
            for (var stage : List.of("pre-deploy", "canary-1", "post-deploy")) {
                var answer = answer(cut.ask(question("a", "c1", stage, "0s")));
                assertAnswer("HOLD", false, answer);
                assertEquals("[\"STORE_UNAVAILABLE\"]", answer.path("reasons").toString(), stage);
            }
            var fetched = answer(cut.send(
                    HttpRequest.newBuilder(cut.uri(first.path("address").textValue()))));
            assertEquals("[\"STORE_UNAVAILABLE\"]", fetched.path("reasons").toString());
            var accepted =
                    cut.ask("{\"service\":\"checkout\",\"canary\":\"c2\",\"stage\":\"canary-1\",\"async\":true}");
            assertEquals(202, accepted.statusCode(), accepted.body());
            var waiting = cut.sending(cut.question(question("a", "c1", "canary-1", LONG)));
            Await.until("the wait open", LIMIT, () -> waits(cut.service()) == 1);
            cut.analysis.say("c1", Verdict.PASS, 3);
            proxy.recover();
            var answer = answer(waiting);
            assertAnswer("PROMOTE", true, answer);
            assertEquals(first.path("release"), answer.path("release"));
            var later = HttpRequest.newBuilder(
                    cut.uri(GateUnderTest.json(accepted).path("address").textValue()));
            Await.until(
                    "the answer to what was accepted",
                    LIMIT,
                    () -> answer(cut.send(later)).path("reasons").toString().equals("[\"NOT_ENOUGH_EVIDENCE\"]"));
        }
    }
}
