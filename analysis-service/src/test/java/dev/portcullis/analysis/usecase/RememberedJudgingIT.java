package dev.portcullis.analysis.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.RunJudge;
import dev.portcullis.analysis.slo.LatencyIndicator;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.analysis.slo.Severity;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The judging of an analysis is remembered between polls; whoever polls, it is the judgement of the windows stored. */
final class RememberedJudgingIT {
    private final HistoryCounterReader source = new HistoryCounterReader();
    private final World world = new World(source);

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void windowsAreLoadedOnceAndNotForEachOneThatCloses() {
        var run = world.start();
        world.pass(Duration.ofMinutes(10), World.POLL);
        assertEquals(20, world.read(run).measurement().windowCount());
        assertEquals(1, loads(world.replica()), "with the first window; nothing was known of it then");
        world.restart();
        world.pass(Duration.ofMinutes(5), World.POLL);
        assertEquals(1, loads(world.replica()), "by the process that took over");
        assertJudged(run);
    }

    @Test
    void readingsThatCloseNoWindowLoadNone() {
        var run = world.start();
        world.pass(World.POLL, World.POLL);
        source.away = true;
        world.pass(Duration.ofMinutes(5), World.POLL);
        assertEquals(0, loads(world.replica()));
        assertEquals(0, world.read(run).measurement().windowCount());
    }

    @Test
    void whatWasMissedIsJudgedWithoutLoadingAgain() {
        var run = world.start();
        world.pass(Duration.ofMinutes(2), World.POLL);
        world.clock.advance(Duration.ofMinutes(12));
        world.catchUp();
        assertEquals(28, world.read(run).measurement().windowCount());
        assertEquals(1, loads(world.replica()));
        assertJudged(run);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100})
    void aMemoryForFewerThanThereAreChangesNoJudgement(int remembered) {
        world.configure(withLatency());
        try (var other = world.new Replica(remembered)) {
            var runs = IntStream.range(0, 4).mapToObj(i -> world.start()).toList();
            for (int i = 0; i < 24; i++) {
                if (i == 9) {
                    source.badFrom = world.clock.instant();
                }
                world.clock.advance(World.POLL);
                other.tick();
                runs.forEach(this::assertJudged);
            }
            runs.forEach(run -> assertTrue(!world.read(run).isRunning()));
        }
    }

    @Test
    void replicasThatPollInTurnsJudgeAlike() {
        world.configure(withLatency());
        try (var second = world.new Replica()) {
            var runs = IntStream.range(0, 3).mapToObj(i -> world.start()).toList();
            for (int i = 0; i < 40; i++) {
                world.clock.advance(World.POLL);
                // In turns of different lengths: each finds windows that it did not close itself, one or several.
                (i % 7 < 3 ? world.replica() : second).tick();
                runs.forEach(this::assertJudged);
            }
            assertTrue(loads(world.replica()) > 3, "what the other one closed was loaded");
        }
    }

    @Test
    void replicasThatRaceJudgeAlike() throws InterruptedException {
        world.configure(withLatency());
        try (var second = world.new Replica()) {
            var runs = IntStream.range(0, 6).mapToObj(i -> world.start()).toList();
            for (int i = 0; i < 40; i++) {
                // Now and then several moments were missed, so that a poll closes more than one window.
                world.clock.advance(i % 5 == 4 ? World.POLL.multipliedBy(7) : World.POLL);
                var racing = List.of(
                        Thread.ofVirtual().start(() -> world.replica().tick()),
                        Thread.ofVirtual().start(second::tick));
                for (var thread : racing) {
                    thread.join();
                }
                runs.forEach(this::assertJudged);
            }
            runs.forEach(run -> assertEquals(
                    world.read(run).measurement().windowCount(),
                    world.replica().runs.windows(run.id()).size()));
        }
    }

    private static int loads(World.Replica replica) {
        return replica.runs.loads.get();
    }

    private void assertJudged(AnalysisRun run) {
        var kept = world.read(run);
        var windows = world.replica().stored.windows(run.id());
        if (windows.isEmpty()) {
            // Buckets are chosen with the first reading, and there is nothing yet to judge by them.
            assertEquals(0, kept.judgement().windows());
            return;
        }
        assertEquals(
                RunJudge.assess(
                        windows, kept.plan(), kept.measurement().counters().buckets()),
                kept.assessment());
    }

    private static ServiceObjectives withLatency() {
        var latency = new Objective(
                "checkout-latency", 0.99, Severity.CRITICAL, new LatencyIndicator("prometheus", "latency_bucket", 0.3));
        return new ServiceObjectives("checkout", "hash", List.of(World.availability(), latency), World.SETTINGS);
    }
}
