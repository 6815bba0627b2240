package dev.portcullis.analysis.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.AnalysisState;
import dev.portcullis.analysis.run.MeasuringStatus;
import dev.portcullis.analysis.run.RequestReusedException;
import dev.portcullis.analysis.run.RunFilter;
import dev.portcullis.analysis.run.UnknownServiceException;
import dev.portcullis.analysis.slo.ServiceObjectives;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StartAnalysisIT {
    private static final RunFilter ALL = new RunFilter(null, null);

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void theFirstReadingIsTakenWithinTheCallAndIsTheStartingPoint() {
        var run = world.start();
        assertEquals(1, world.reader.readings());
        assertEquals(
                MeasuringStatus.State.NO_DATA,
                run.measurement().measuringStatus().state());
        assertEquals(run, world.read(run));
        assertEquals(run.plan().begin().plus(World.POLL), run.status().nextPoll());
        world.pollHealthy(1);
        assertEquals(
                3_000, world.read(run).counts("checkout-availability").canary().total());
    }

    @Test
    void aFirstReadingThatTakesTooLongIsLeftToTheTick() throws Exception {
        var answer = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var slow = new FirstReading(new FakeCounterReader().holding(answer), threads, Duration.ofMillis(50));
            var start = new StartAnalysis(
                    world.catalog(),
                    world.replica().runs,
                    world.replica().histories,
                    slow,
                    world.replica().events,
                    world.clock,
                    UUID::randomUUID);
            var run = start.start(World.request(null));
            assertEquals(
                    MeasuringStatus.State.UNREACHABLE,
                    run.measurement().measuringStatus().state());
            assertEquals(run.plan().begin(), run.status().nextPoll(), "due at once");
            answer.countDown();
            assertEquals(1, world.replica().tick());
            assertEquals(
                    MeasuringStatus.State.NO_DATA,
                    world.read(run).measurement().measuringStatus().state());
        }
    }

    @Test
    void anUnknownServiceIsRefusedWithTheKnownOnes() {
        IntStream.range(0, 12)
                .forEach(i -> world.configure(new ServiceObjectives(
                        "svc" + (10 + i), "hash", List.of(World.availability()), World.SETTINGS)));
        var request = new StartAnalysis.Request(null, "chekout", "new", null, false, "");
        var e = assertThrows(
                UnknownServiceException.class, () -> world.replica().start.start(request));
        assertEquals(
                "no ReleasePolicy for service 'chekout'; known: checkout, svc10, svc11, svc12, svc13, svc14, svc15, svc16,"
                        + " svc17, svc18 and 3 more",
                e.getMessage());
    }

    @Test
    void theSameRequestTwiceIsOneAnalysis() {
        var id = UUID.randomUUID();
        var first = world.replica().start.start(World.request(id));
        var second = world.replica().start.start(World.request(id));
        assertEquals(first, second);
        assertEquals(1, world.replica().list.list(ALL, null, 10).runs().size());
    }

    @Test
    void theSameRequestManyTimesAtOnceIsOneAnalysis() throws InterruptedException {
        var id = UUID.randomUUID();
        var answers = Collections.synchronizedList(new ArrayList<AnalysisRun>());
        var threads = IntStream.range(0, 8)
                .mapToObj(i -> Thread.ofVirtual()
                        .start(() -> answers.add(world.replica().start.start(World.request(id)))))
                .toList();
        for (var thread : threads) {
            thread.join();
        }
        assertEquals(8, answers.size());
        assertEquals(1, answers.stream().map(AnalysisRun::id).distinct().count());
        assertEquals(1, world.replica().list.list(ALL, null, 10).runs().size());
    }

    @Test
    void aRequestIdWithAnotherBodyIsRefused() {
        var id = UUID.randomUUID();
        world.replica().start.start(World.request(id));
        var other = new StartAnalysis.Request(id, "checkout", "newer", "old", false, "");
        assertThrows(RequestReusedException.class, () -> world.replica().start.start(other));
        var withoutBaseline = new StartAnalysis.Request(id, "checkout", "new", null, false, "");
        assertThrows(RequestReusedException.class, () -> world.replica().start.start(withoutBaseline));
    }

    @Test
    void aDryRunKeepsNothingAndReadsNothing() {
        var request = new StartAnalysis.Request(null, "checkout", "new", null, true, "");
        var run = world.replica().start.start(request);
        assertEquals(World.SETTINGS, run.plan().settings());
        assertEquals(0, world.reader.readings());
        assertTrue(world.replica().list.list(ALL, null, 10).runs().isEmpty());
    }

    @Test
    void pagesAreNewestFirstWithoutGapsOrRepeats() {
        var begun = new ArrayList<UUID>();
        for (var i = 0; i < 7; i++) {
            begun.addFirst(world.start().id());
            world.clock.advance(Duration.ofSeconds(1));
        }
        world.configure(new ServiceObjectives("cart", "hash", List.of(World.availability()), World.SETTINGS));
        world.replica().start.start(new StartAnalysis.Request(null, "cart", "new", null, false, ""));
        var filter = new RunFilter("checkout", AnalysisState.RUNNING);
        var seen = new ArrayList<UUID>();
        var page = world.replica().list.list(filter, null, 3);
        while (page.next() != null) {
            page.runs().forEach(run -> seen.add(run.id()));
            // Begun while somebody turns the pages: belongs before the first page and disturbs none.
            world.start();
            page = world.replica().list.list(filter, page.next(), 3);
        }
        page.runs().forEach(run -> seen.add(run.id()));
        assertEquals(begun, seen);
        assertTrue(world.replica()
                .list
                .list(new RunFilter(null, AnalysisState.CANCELLED), null, 3)
                .runs()
                .isEmpty());
    }

    @Test
    void analysesBegunAtTheSameMomentAreListedOnceEach() {
        var begun = IntStream.range(0, 5).mapToObj(i -> world.start().id()).toList();
        var first = world.replica().list.list(ALL, null, 3);
        var second = world.replica().list.list(ALL, first.next(), 3);
        assertNull(second.next());
        var seen = new HashSet<UUID>();
        first.runs().forEach(run -> seen.add(run.id()));
        second.runs().forEach(run -> assertTrue(seen.add(run.id())));
        assertEquals(new HashSet<>(begun), seen);
    }
}
