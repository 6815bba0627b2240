package dev.portcullis.analysis.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.metric.CounterReader;
import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.metric.Moments;
import dev.portcullis.analysis.metric.ReadRequest;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The times of a window are those between which its requests were served, whatever failed meanwhile. */
final class WindowTimesIT {
    private static final String SLO = "checkout-availability";

    /** How a source comes by its counters. */
    private enum Kind {
        /** It keeps the past. */
        RECORDED,
        /** It is read, and has what there is at that moment. */
        READ,
        /** It is sent them every twenty seconds, and has those until the next time. */
        SENT
    }

    /** Readings that fail, as a whole or with a fault, or that the process is stopped before: then they are of a later moment than they were asked for. */
    private static final class FailingCounterReader implements CounterReader {
        private final Kind kind;
        private final HistoryCounterReader source;
        private final Random random;
        private World world;
        private boolean away;
        private boolean faulty;
        private int stopped;

        FailingCounterReader(Kind kind, long seed) {
            this.kind = kind;
            this.source = new HistoryCounterReader(kind == Kind.RECORDED);
            this.random = new Random(seed);
        }

        void change() {
            away = random.nextInt(4) == 0 || away && random.nextInt(3) > 0;
            faulty = random.nextInt(6) == 0;
            stopped = random.nextInt(8) == 0 ? 11 + random.nextInt(100) : 0;
        }

        @Override
        public List<CounterReading> read(List<ReadRequest> requests, Instant moment) {
            if (!source.remembers(requests.getFirst())) {
                world.clock.advance(Duration.ofSeconds(stopped));
                return requests.stream()
                        .map(request -> read(request, world.clock.instant()))
                        .toList();
            }
            return requests.stream().map(request -> read(request, moment)).toList();
        }

        private CounterReading read(ReadRequest request, Instant moment) {
            if (away || random.nextInt(8) == 0) {
                return new CounterReading.Unreachable("refused");
            }
            var sent = kind == Kind.SENT ? moment.minusSeconds(moment.getEpochSecond() % 20) : null;
            var read = (CounterReading.Counters)
                    source.read(List.of(request), sent == null ? moment : sent).getFirst();
            var faults = faulty || random.nextInt(8) == 0 ? List.of("a fault") : List.<String>of();
            return new CounterReading.Counters(read.objectives(), faults, List.of(), List.of(), sent);
        }

        @Override
        public boolean remembers(ReadRequest request) {
            return source.remembers(request);
        }

        @Override
        public List<List<CounterReading>> readPast(List<ReadRequest> requests, Moments moments) {
            return moments.all().stream().map(moment -> read(requests, moment)).toList();
        }
    }

    /** One draw of each kind. */
    @ParameterizedTest
    @CsvSource({"RECORDED, 1", "READ, 4", "SENT, 7"})
    void areThoseOfItsCounts(Kind kind, long seed) {
        assertTold(kind, seed);
    }

    @ParameterizedTest
    @CsvSource({"RECORDED, 2", "RECORDED, 3", "READ, 5", "READ, 6", "SENT, 8", "SENT, 9"})
    @Tag("extra") // a minute
    void areThoseOfItsCountsInMoreDraws(Kind kind, long seed) {
        assertTold(kind, seed);
    }

    private static void assertTold(Kind kind, long seed) {
        var reader = new FailingCounterReader(kind, seed);
        try (var world = new World(reader)) {
            reader.world = world;
            for (int i = 0; i < 8; i++) {
                world.clock.advance(Duration.ofSeconds(reader.random.nextInt(40)));
                follow(world, reader);
            }
        }
    }

    private static void follow(World world, FailingCounterReader reader) {
        var run = world.start();
        while (world.read(run).isRunning()) {
            reader.change();
            world.clock.advance(
                    Duration.ofSeconds(1 + reader.random.nextInt(reader.random.nextInt(10) == 0 ? 200 : 20)));
            world.replica().tick();
            if (reader.random.nextInt(20) == 0) {
                world.restart();
            }
        }
        var windows = world.replica().runs.windows(run.id());
        assertTrue(windows.size() > 3, "there is something to look at");
        assertTold(world.read(run), windows, reader);
    }

    private static void assertTold(AnalysisRun run, List<Window> windows, FailingCounterReader reader) {
        for (int i = 0; i < windows.size(); i++) {
            var window = windows.get(i);
            assertEquals(
                    reader.source.served(window.start(), window.end()),
                    window.counts().get(SLO).at(0).canary().total(),
                    "window " + window.index() + " of " + run.plan().begin() + ": " + window);
            if (i > 0) {
                assertEquals(windows.get(i - 1).end(), window.start());
            }
        }
    }
}
