package dev.portcullis.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.proto.rollback.v1.Rollback;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoIT {
    private final DemoOptions options = new DemoOptions(true, Duration.ofSeconds(170), 600, 1);
    private final DemoShop shop = DemoShop.withoutCustomers(options);
    private final StubGate gate = new StubGate();
    private final StubRollbacks rollbacks = new StubRollbacks();
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @BeforeEach
    void rollbacksSucceed() {
        recordAs(Rollback.State.SUCCEEDED);
    }

    /** rollback-service has one rollback in this state for each version the webhook was called for. */
    private void recordAs(Rollback.State state) {
        rollbacks.record(() -> shop.shop().rollbacks().stream()
                .map(RollbackCall::from)
                .distinct()
                .map(from -> StubRollbacks.rollback(from, state))
                .toList());
    }

    @AfterEach
    void close() {
        rollbacks.close();
        gate.close();
        shop.close();
    }

    private DemoResult play() {
        var time = new HandTime(shop.shop()::advance);
        var out = new PrintStream(told, true, StandardCharsets.UTF_8);
        try (var client = new GateClient(gate.address());
                var records = new RollbackRecords(rollbacks.port())) {
            return new Demo(options, shop, client, records, time, new DemoOutput(out, time)).play();
        }
    }

    private String lastLine() {
        return told.toString(StandardCharsets.UTF_8).lines().toList().getLast();
    }

    private void assertTold(String line) {
        var lines = told.toString(StandardCharsets.UTF_8).lines();
        assertEquals(1, lines.filter(told -> told.matches("[0-9:]+  " + line)).count(), told::toString);
    }

    private static boolean isGood(Map<String, String> question) {
        return question.get("revision").equals("2");
    }

    private Response abort(Map<String, String> question, String key) {
        var webhook = shop.readBackUrl().replace("/traffic", "/rollback");
        return StubGate.abort(URI.create(webhook), question, key);
    }

    @Test
    void aGoodReleaseIsPromotedAndABadOneRolledBack() {
        gate.answer(question -> isGood(question) ? StubGate.decision("PROMOTE") : abort(question, "k1"));

        var result = play();

        assertEquals("demo: ok promoted=1 aborted=1 rolled_back=1", lastLine(), told::toString);
        assertTrue(result.ok());
        var questions = gate.questions();
        assertEquals(questions.getFirst().get("canary"), questions.getLast().get("stable"));
        assertEquals(2, questions.stream().map(q -> q.get("canary")).distinct().count());
        assertTrue(told.toString(StandardCharsets.UTF_8).contains("-4 joined"), told::toString);
        assertTold("traffic is back on stable after 1.1 s \\(promised: 60 s\\); the rollback goes on .*");
        assertTold("users recovered: 3 of 9,000 requests failed");
    }

    @Test
    void theAbortIsToldBeforeTheRollbackThatItSetOff() {
        gate.answer(question -> isGood(question) ? StubGate.decision("PROMOTE") : abort(question, "k1"));
        play();
        var lines = told.toString(StandardCharsets.UTF_8).lines().toList();
        var abort = position(lines, ": ABORT ");
        assertTrue(abort >= 0 && abort < position(lines, "webhook: all traffic back to"), told::toString);
        assertTrue(position(lines, "webhook: ") < position(lines, "traffic is back on"), told::toString);
    }

    private static int position(List<String> lines, String part) {
        return IntStream.range(0, lines.size())
                .filter(at -> lines.get(at).contains(part))
                .findFirst()
                .orElse(-1);
    }

    @Test
    void whatADecisionNeededIsToldUntilItIsThere() {
        gate.answer(question -> isGood(question) ? StubGate.decision("PROMOTE") : abort(question, "k1"));
        play();
        var text = told.toString(StandardCharsets.UTF_8);
        assertTrue(
                text.contains("PROMOTE  evidence for 3 : 1 (20 : 1 is enough), against 1.2 : 1 (abort at 100 : 1)"),
                text);
        assertTrue(text.contains("ABORT    evidence against 1.2 : 1 (100 : 1 is enough)"), text);
    }

    @Test
    void anAbortWithoutARollbackIsMissed() {
        gate.answer(question -> StubGate.decision(isGood(question) ? "PROMOTE" : "ABORT"));

        var result = play();

        assertEquals("demo: failed promoted=1 aborted=1 rolled_back=0", lastLine());
        assertTrue(result.missing().getFirst().startsWith("the traffic is not back on "), told::toString);
        assertTrue(result.missing().get(1).contains("0 Idempotency-Keys"), told::toString);
    }

    @Test
    void aRollbackWithTwoKeysIsMissed() {
        var calls = new AtomicInteger();
        gate.answer(question ->
                isGood(question) ? StubGate.decision("PROMOTE") : abort(question, "k" + calls.incrementAndGet()));

        var result = play();

        assertEquals("demo: failed promoted=1 aborted=1 rolled_back=0", lastLine(), told::toString);
        assertTrue(result.missing().getFirst().contains("2 Idempotency-Keys"), told::toString);
    }

    @Test
    void aRollbackThatItsServiceDoesNotCallASuccessIsMissed() {
        gate.answer(question -> isGood(question) ? StubGate.decision("PROMOTE") : abort(question, "k1"));
        recordAs(Rollback.State.NEEDS_HUMAN);

        var result = play();

        assertEquals("demo: failed promoted=1 aborted=1 rolled_back=0", lastLine(), told::toString);
        assertTrue(
                result.missing().getFirst().contains("[NEEDS_HUMAN (the read-back says otherwise)]"), told::toString);
    }

    @Test
    void aRollbackServiceThatIsAwayIsMissed() {
        gate.answer(question -> isGood(question) ? StubGate.decision("PROMOTE") : abort(question, "k1"));
        rollbacks.close();

        var result = play();

        assertEquals("demo: failed promoted=1 aborted=1 rolled_back=0", lastLine(), told::toString);
        assertTrue(result.missing().getFirst().contains("answered UNAVAILABLE"), told::toString);
    }

    @Test
    void aGateThatTakesItsAbortBackIsMissed() {
        var aborted = new AtomicInteger();
        gate.answer(question -> {
            if (isGood(question)) {
                return StubGate.decision("PROMOTE");
            }
            return aborted.getAndIncrement() == 0 ? abort(question, "k1") : StubGate.decision("HOLD");
        });

        var result = play();

        assertEquals(1, result.missing().size(), told::toString);
        assertTrue(result.missing().getFirst().startsWith("the gate does not say ABORT"), told::toString);
        assertEquals("demo: failed promoted=1 aborted=1 rolled_back=0", lastLine());
    }

    @Test
    void aGoodReleaseThatIsNotDecidedInTimeIsMissedAndNothingFollows() {
        var result = play();

        assertEquals("demo: failed promoted=0 aborted=0 rolled_back=0", lastLine());
        assertTrue(
                result.missing().getFirst().contains("was not promoted in time: still HOLD at 10 %"), told::toString);
        assertEquals(
                "the bad canary was not released after that", result.missing().get(1));
    }

    @Test
    void aBadReleaseThatIsPromotedIsMissed() {
        gate.answer(question -> StubGate.decision("PROMOTE"));

        var result = play();

        assertEquals("demo: failed promoted=1 aborted=0 rolled_back=0", lastLine());
        assertTrue(result.missing().getFirst().endsWith("was promoted instead of aborted"), told::toString);
    }

    @Test
    void aGoodReleaseThatIsAbortedIsMissed() {
        gate.answer(question -> abort(question, "k1"));

        var result = play();

        assertEquals("demo: failed promoted=0 aborted=0 rolled_back=0", lastLine(), told::toString);
        assertTrue(result.missing().getFirst().endsWith("was aborted instead of promoted"), told::toString);
    }

    @Test
    void anInterruptEndsItAndStaysSet() {
        Thread.currentThread().interrupt();
        var result = play();

        assertTrue(Thread.interrupted());
        assertEquals("the demo was interrupted before its end", result.missing().getFirst());
    }
}
