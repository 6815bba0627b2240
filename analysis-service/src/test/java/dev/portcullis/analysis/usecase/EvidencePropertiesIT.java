package dev.portcullis.analysis.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.metric.SourceCounterReader;
import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.Poll;
import dev.portcullis.analysis.run.RunPlan;
import dev.portcullis.analysis.run.Window;
import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.AnalysisTiming;
import dev.portcullis.analysis.slo.LatencyIndicator;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.Provenance;
import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.analysis.slo.Severity;
import dev.portcullis.analysis.source.SimulatedPod;
import dev.portcullis.analysis.source.SimulatedSource;
import dev.portcullis.analysis.store.PostgresAnalysisRuns;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.kit.testing.TestOutbox;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jdbi.v3.core.Jdbi;

/** What must not matter to the evidence of a ratio and of a latency, through the whole chain from the series to the verdict. */
class EvidencePropertiesIT {
    private static final UUID ID = UUID.fromString("11111111-2222-3333-4444-555555555555");
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00.000001Z");
    private static final Duration POLL = Duration.ofSeconds(15);
    private static final List<Double> LATENCIES = List.of(0.02, 0.08, 0.2, 0.4, 0.9, 7.0);
    private static final double SLOWEST_SUCCESS = 0.5;
    private static final int STEADY = 600;
    private static final int PODS = 6;

    private static Database database;
    private static PostgresAnalysisRuns runs;

    /** What happens in half a poll interval. */
    record Step(Event event, int pod, double latency, int requests) {}

    enum Event {
        REQUESTS,
        RESTART,
        VANISH,
        RETURN
    }

    @BeforeContainer
    static void open() {
        database = Database.open(TestDatabase.fresh(), "analysis", OpenTelemetry.noop(), new SimpleMeterRegistry());
        runs = new PostgresAnalysisRuns(
                database.jdbi(), Jdbi.create(database.untraced()), TestOutbox.of(database, "analysis"));
    }

    @AfterContainer
    static void close() {
        database.close();
    }

    /** A shop whose pods go through a history while an analysis watches it. */
    private static final class Watch {
        private final SimulatedSource source;
        private final SourceCounterReader reader;
        private final List<SimulatedPod> pods = new ArrayList<>();
        private final List<Window> windows = new ArrayList<>();
        private final RunPlan plan;
        private AnalysisRun run;

        Watch(UUID id, long order, Duration warmUp) {
            source = new SimulatedSource(order);
            reader = new SourceCounterReader(name -> Optional.of(source), Runnable::run);
            plan = new RunPlan(
                    new ServiceObjectives("checkout", "version", objectives(), settings(warmUp)),
                    new Arms("version", "v2", "v1"),
                    BEGIN,
                    "");
            run = AnalysisRun.begin(id, plan);
            for (int i = 0; i < PODS; i++) {
                pods.add(new SimulatedPod(i < 2 ? "v2" : "v1", "pod-" + i).served("200", 0.02, 400));
                source.add(pods.get(i));
            }
        }

        void live(List<Step> steps) {
            // Of pods that serve so much nothing that appears is a surprise, which would wait for the next reading.
            pods.forEach(pod -> pod.served("200", 0.02, STEADY));
            for (Step step : steps) {
                SimulatedPod pod = pods.get(step.pod());
                switch (step.event()) {
                    case REQUESTS -> pod.served(code(step), step.latency(), step.requests());
                    case RESTART -> pod.restart();
                    case VANISH -> source.remove(pod);
                    case RETURN -> {
                        source.remove(pod);
                        source.add(pod);
                    }
                }
            }
        }

        private static String code(Step step) {
            return step.latency() > SLOWEST_SUCCESS ? "500" : "200";
        }

        void read(Duration sinceBegin) {
            Poll poll = next(sinceBegin);
            windows.addAll(poll.closed());
            run = poll.run();
        }

        private Poll next(Duration sinceBegin) {
            var reading = reader.read(List.of(plan.request()), BEGIN).getFirst();
            return Poll.of(run, reading, BEGIN.plus(sinceBegin), () -> windows);
        }
    }

    @Property(tries = 100)
    void theOrderInWhichSeriesAreGivenChangesNothing(
            @ForAll("history") List<List<Step>> history, @ForAll long order, @ForAll long other) {
        Watch one = new Watch(ID, order, Duration.ofSeconds(20));
        Watch two = new Watch(ID, other, Duration.ofSeconds(20));
        int polls = 0;
        for (List<Step> steps : history) {
            for (Watch watch : List.of(one, two)) {
                watch.read(POLL.multipliedBy(polls));
                watch.live(steps);
            }
            polls++;
        }
        assertEquals(one.run, two.run);
        assertEquals(one.windows, two.windows);
    }

    @Property(tries = 100)
    void aReadingInTheMiddleOfAnIntervalChangesNoEvidence(@ForAll("traffic") List<List<Step>> halves) {
        Watch whole = new Watch(ID, 1, Duration.ZERO);
        Watch split = new Watch(ID, 1, Duration.ZERO);
        for (int half = 0; half < halves.size(); half++) {
            Duration time = POLL.multipliedBy(half).dividedBy(2);
            if (half % 2 == 0) {
                whole.read(time);
            }
            split.read(time);
            whole.live(halves.get(half));
            split.live(halves.get(half));
        }
        assertEquals(whole.windows, split.windows);
        assertEquals(whole.run.assessment(), split.run.assessment());
    }

    @Property(tries = 20)
    void aRestartBetweenAnyTwoReadingsChangesNothing(@ForAll("history") List<List<Step>> history) {
        UUID id = UUID.randomUUID();
        Watch running = new Watch(id, 1, Duration.ofSeconds(20));
        Watch restarted = new Watch(id, 1, Duration.ofSeconds(20));
        assertTrue(runs.insert(restarted.run, null));
        int polls = 0;
        for (List<Step> steps : history) {
            Duration time = POLL.multipliedBy(polls++);
            running.read(time);
            restarted.run = runs.find(id).orElseThrow();
            restarted.windows.clear();
            restarted.windows.addAll(runs.windows(id));
            Poll poll = restarted.next(time);
            assertTrue(runs.save(poll.run(), poll.closed()));
            running.live(steps);
            restarted.live(steps);
        }
        AnalysisRun stored = runs.find(id).orElseThrow();
        assertEquals(running.run.measurement(), stored.measurement());
        assertEquals(running.run.assessment(), stored.assessment());
        assertEquals(running.run.status(), stored.status());
        assertEquals(running.windows, runs.windows(id));
    }

    private static List<Objective> objectives() {
        return List.of(
                new Objective(
                        "latency",
                        0.99,
                        Severity.MAJOR,
                        new LatencyIndicator("shop", "http_request_duration_seconds_bucket", 0.25)),
                new Objective(
                        "availability",
                        0.99,
                        Severity.CRITICAL,
                        new RatioIndicator("shop", null, "http_requests_total{code=\"500\"}", "http_requests_total")));
    }

    private static AnalysisSettings settings(Duration warmUp) {
        return AnalysisSettings.DEFAULT.withRhythm(new AnalysisTiming(
                POLL, POLL.multipliedBy(2), Provenance.POLICY, Duration.ofHours(1), Duration.ZERO, warmUp));
    }

    @Provide
    Arbitrary<List<List<Step>>> history() {
        Arbitrary<Event> events = Arbitraries.frequency(
                net.jqwik.api.Tuple.of(8, Event.REQUESTS),
                net.jqwik.api.Tuple.of(1, Event.RESTART),
                net.jqwik.api.Tuple.of(1, Event.VANISH),
                net.jqwik.api.Tuple.of(2, Event.RETURN));
        return steps(events);
    }

    @Provide
    Arbitrary<List<List<Step>>> traffic() {
        return steps(Arbitraries.just(Event.REQUESTS));
    }

    private static Arbitrary<List<List<Step>>> steps(Arbitrary<Event> events) {
        return Combinators.combine(
                        events,
                        Arbitraries.integers().between(0, PODS - 1),
                        Arbitraries.of(LATENCIES),
                        Arbitraries.integers().between(1, 60))
                .as(Step::new)
                .list()
                .ofMaxSize(8)
                .list()
                .ofMinSize(4)
                .ofMaxSize(14);
    }
}
