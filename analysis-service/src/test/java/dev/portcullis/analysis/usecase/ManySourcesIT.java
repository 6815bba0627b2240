package dev.portcullis.analysis.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.metric.CounterReader;
import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.metric.Moments;
import dev.portcullis.analysis.metric.ReadRequest;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.analysis.slo.Severity;
import dev.portcullis.kit.testing.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Analyses are read together with those that use the same sources, and with no others. */
final class ManySourcesIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final NotingCounterReader reader = new NotingCounterReader();
    private final World world = new World(reader);

    /** Notes the sources that are read together; one of them may hang. Thread-safe. */
    private static final class NotingCounterReader implements CounterReader {
        private final HistoryCounterReader counters = new HistoryCounterReader();
        private final List<List<Set<String>>> asked = new CopyOnWriteArrayList<>();
        private volatile CountDownLatch slow = new CountDownLatch(0);

        @Override
        public List<CounterReading> read(List<ReadRequest> requests, Instant moment) {
            note(requests);
            return counters.read(requests, moment);
        }

        @Override
        public boolean remembers(ReadRequest request) {
            return true;
        }

        @Override
        public List<List<CounterReading>> readPast(List<ReadRequest> requests, Moments moments) {
            note(requests);
            return counters.readPast(requests, moments);
        }

        private void note(List<ReadRequest> requests) {
            var sources = requests.stream().map(ReadRequest::sources).toList();
            asked.add(sources);
            if (sources.getFirst().contains("slow")) {
                try {
                    slow.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    @AfterEach
    void close() {
        reader.slow.countDown();
        world.close();
    }

    @Test
    void analysesOfTheSameSourcesAreReadAtOnceAndOthersApart() {
        start(3, "one");
        start(2, "two");
        start(2, "one", "two");
        reader.asked.clear();
        world.clock.advance(World.POLL);
        assertEquals(7, world.replica().tick());
        assertEquals(3, reader.asked.size());
        assertEquals(
                Set.of(
                        List.of(Set.of("one"), Set.of("one"), Set.of("one")),
                        List.of(Set.of("two"), Set.of("two")),
                        List.of(Set.of("one", "two"), Set.of("one", "two"))),
                Set.copyOf(reader.asked));
    }

    @Test
    void anAnalysisThatMissedMomentsIsReadApartFromThoseThatDidNot() {
        var behind = start(2, "one");
        world.pass(Duration.ofMinutes(1), World.POLL);
        world.clock.advance(Duration.ofMinutes(1));
        var begun = start(3, "one");
        reader.asked.clear();
        world.clock.advance(World.POLL);
        assertEquals(5, world.replica().tick());
        assertEquals(
                Set.of(2, 3), Set.copyOf(reader.asked.stream().map(List::size).toList()));
        assertEquals(2, reader.asked.size());
        behind.forEach(run -> assertEquals(4, world.read(run).measurement().windowCount()));
        begun.forEach(run -> assertEquals(0, world.read(run).measurement().windowCount()));
    }

    @Test
    void aSourceThatHangsHoldsUpItsOwnAnalysesAndNoOthers() throws InterruptedException {
        var quick = start(3, "quick");
        var held = start(2, "slow");
        reader.slow = new CountDownLatch(1);
        reader.asked.clear();
        world.clock.advance(World.POLL.multipliedBy(2));
        var ticking = Thread.ofVirtual().start(() -> world.replica().tick());
        Await.until("the quick ones stored", LIMIT, () -> windows(quick) == 3);
        world.clock.advance(World.POLL.multipliedBy(2));
        assertEquals(3, world.replica().tick(), "those that wait for the slow source are not begun again");
        assertEquals(6, windows(quick));
        assertEquals(0, windows(held));
        reader.slow.countDown();
        ticking.join();
        world.catchUp();
        assertEquals(4, windows(held), "nothing was lost");
    }

    @Test
    void aRecordThatCannotBeReadIsPutOffAndGoesOnOnceItCan() {
        var spoilt = start(2, "one");
        var sound = start(3, "one");
        write(spoilt, "'{\"objectives\": 7}'");
        reader.asked.clear();
        world.clock.advance(World.POLL);
        assertEquals(3, world.replica().tick());
        assertEquals(0, world.replica().tick(), "it is not tried at every tick");
        assertEquals(List.of(3), reader.asked.stream().map(List::size).toList());
        spoilt.forEach(run -> write(
                List.of(run),
                "(select counter_state from analysis where id = '"
                        + sound.getFirst().id() + "')"));
        world.clock.advance(Duration.ofMinutes(1));
        assertEquals(5, world.replica().tick());
        assertTrue(windows(spoilt) >= spoilt.size(), "each goes on");
        assertTrue(windows(sound) >= sound.size(), "each goes on");
    }

    private void write(List<AnalysisRun> runs, String counterState) {
        world.replica()
                .database
                .jdbi()
                .useHandle(handle -> runs.forEach(run -> assertEquals(
                        1,
                        handle.createUpdate("update analysis set counter_state = " + counterState + " where id = :id")
                                .bind("id", run.id())
                                .execute())));
    }

    private int windows(List<AnalysisRun> runs) {
        return runs.stream()
                .mapToInt(run -> world.read(run).measurement().windowCount())
                .sum();
    }

    private List<AnalysisRun> start(int number, String... sources) {
        var objectives = IntStream.range(0, sources.length)
                .mapToObj(i -> new Objective(
                        "objective-" + i,
                        0.999,
                        Severity.CRITICAL,
                        new RatioIndicator(sources[i], null, "requests{code=~\"5..\"}", "requests")))
                .toList();
        var service = String.join("-", sources);
        world.configure(new ServiceObjectives(service, "hash", objectives, World.SETTINGS));
        var runs =
                IntStream.range(0, number).mapToObj(i -> world.start(service)).toList();
        assertTrue(runs.stream().allMatch(AnalysisRun::isRunning));
        return runs;
    }
}
