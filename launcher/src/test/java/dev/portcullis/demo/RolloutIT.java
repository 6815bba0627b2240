package dev.portcullis.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RolloutIT {
    private static final Version STABLE = new Version("7d9c8", 0.0005);
    private static final Version CANARY = new Version("6f5b4", 0.0005);
    private static final DemoRelease RELEASE = new DemoRelease(2, CANARY, STABLE);
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Shop shop = new Shop(STABLE, 600, 1);
    private final StubGate gate = new StubGate();
    private final HandTime time = new HandTime(shop::advance);
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final List<Double> weights = new ArrayList<>();

    @AfterEach
    void close() {
        gate.close();
        shop.close();
    }

    private RolloutEnd rollout(String gateAddress) throws Exception {
        var output = new DemoOutput(new PrintStream(told, true, StandardCharsets.UTF_8), time);
        try (var client = new GateClient(gateAddress)) {
            return new Rollout(shop, client, RolloutTiming.OF_THE_DEMO, time, output).run(RELEASE, DEADLINE);
        }
    }

    private String story() {
        return told.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aCanaryThatIsPromotedAtEachStepBecomesTheStableVersion() throws Exception {
        gate.answer(question -> {
            weights.add(shop.canaryWeight());
            return StubGate.decision("PROMOTE");
        });

        assertInstanceOf(RolloutEnd.Promoted.class, rollout(gate.address()));

        assertEquals(CANARY, shop.stable());
        assertEquals(List.of(0.1, 0.25, 0.5), weights.stream().distinct().toList());
        assertEquals(
                List.of("0", "1", "2"),
                gate.questions().stream().map(q -> q.get("step")).distinct().toList());
    }

    @Test
    void itAsksAsArgoRolloutsDoes() throws Exception {
        gate.answer(question -> StubGate.decision("PROMOTE"));

        rollout(gate.address());

        var question = gate.questions().getFirst();
        assertEquals("checkout", question.get("service"));
        assertEquals("shop", question.get("namespace"));
        assertEquals("checkout", question.get("rollout"));
        assertEquals("6f5b4", question.get("canary"));
        assertEquals("7d9c8", question.get("stable"));
        assertEquals("2", question.get("revision"));
        assertEquals("0", question.get("step"));
    }

    @Test
    void anAbortStopsTheSteppingAndLeavesTheTrafficToTheRollback() throws Exception {
        gate.answer(question -> StubGate.decision(question.get("step").equals("1") ? "ABORT" : "PROMOTE"));

        assertInstanceOf(RolloutEnd.Aborted.class, rollout(gate.address()));

        assertEquals(0.25, shop.canaryWeight());
        assertEquals(STABLE, shop.stable());
        assertTrue(
                story().contains("canary 6f5b4 at 25 %: ABORT    evidence against 1.2 : 1 (100 : 1 is enough)\n"),
                story());
    }

    @Test
    void serverErrorsAndAnswersThatAreNoneHoldTheCanaryAndTheRolloutGoesOnAsking() throws Exception {
        var asked = new AtomicInteger();
        var broken = List.of(
                Response.json(500, "{\"decision\":\"PROMOTE\"}"),
                Response.json(200, "{\"decision\":\"Promote\"}"),
                Response.text(200, "<html>"),
                Response.json(200, "null"),
                Response.text(200, ""));
        gate.answer(question -> {
            weights.add(shop.canaryWeight());
            var number = asked.getAndIncrement();
            return number < broken.size() ? broken.get(number) : StubGate.decision("PROMOTE");
        });

        assertInstanceOf(RolloutEnd.Promoted.class, rollout(gate.address()));

        assertEquals(List.of(0.1, 0.1, 0.1, 0.1, 0.1, 0.1), weights.subList(0, 6));
        assertTrue(story().contains("the gate answered with status 500; asking again"), story());
    }

    @Test
    void aGateThatRefusesConnectionsHoldsTheCanaryUntilTheDeadline() throws Exception {
        var address = gate.address();
        gate.close();

        var end = assertInstanceOf(RolloutEnd.Undecided.class, rollout(address));

        assertEquals(0.1, end.weight());
        assertEquals(0.1, shop.canaryWeight());
        assertTrue(end.last().why().contains("cannot be reached"), end.last().why());
        assertEquals(DEADLINE, time.elapsed());
    }

    @Test
    void aHoldIsToldAtOnceAndThenEveryFiveSeconds() throws Exception {
        assertInstanceOf(RolloutEnd.Undecided.class, rollout(gate.address()));

        var line =
                "canary 6f5b4 at 10 %: HOLD     evidence against 1.2 : 1 (abort at 100 : 1), for 3 : 1 (promote at 20 : 1)";
        var lines = story().lines().filter(text -> text.endsWith(line)).toList();
        assertEquals("00:01  " + line, lines.getFirst());
        assertEquals("00:06  " + line, lines.get(1));
        assertEquals(12, lines.size());
        assertEquals(
                1,
                story().lines()
                        .filter(text -> text.equals("       NOT_ENOUGH_EVIDENCE: 12 of 600 requests failed."))
                        .count());
    }
}
