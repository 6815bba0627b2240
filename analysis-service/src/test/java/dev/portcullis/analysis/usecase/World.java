package dev.portcullis.analysis.usecase;

import dev.portcullis.analysis.metric.CounterReader;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.RunJudges;
import dev.portcullis.analysis.run.TraceContinuation;
import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.AnalysisTiming;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.ObjectiveCatalog;
import dev.portcullis.analysis.slo.Provenance;
import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.analysis.slo.Severity;
import dev.portcullis.analysis.store.PostgresAnalysisRuns;
import dev.portcullis.analysis.store.PostgresStableHistories;
import dev.portcullis.analysis.store.RunRecordDocuments;
import dev.portcullis.analysis.telemetry.CountedRunEvents;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.kit.testing.TestOutbox;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** analysis-service without its edges: real PostgreSQL, a clock turned by hand, a reader whose counters a test raises. */
final class World implements AutoCloseable {
    static final Duration POLL = Duration.ofSeconds(15);
    static final AnalysisSettings SETTINGS = AnalysisSettings.DEFAULT.withRhythm(new AnalysisTiming(
            POLL,
            Duration.ofSeconds(30),
            Provenance.POLICY,
            Duration.ofMinutes(30),
            Duration.ofMinutes(2),
            Duration.ZERO));
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final ManualClock clock = new ManualClock();
    final FakeCounterReader reader = new FakeCounterReader();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final DatabaseSettings settings = TestDatabase.fresh();
    private final Map<String, ServiceObjectives> services = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CounterReader read;
    private Replica replica;

    World() {
        this(null);
    }

    /** Whose counters are read by another reader; null for that which a test raises. */
    World(@Nullable CounterReader other) {
        read = other == null ? reader : other;
        replica = new Replica();
        configure(SETTINGS);
    }

    /** One process: its own objects and its own connections on the common database. */
    final class Replica implements AutoCloseable {
        final Database database = Database.open(settings, "analysis", OpenTelemetry.noop(), registry);
        final PostgresAnalysisRuns stored = new PostgresAnalysisRuns(
                database.jdbi(), Jdbi.create(database.untraced()), TestOutbox.of(database, "analysis"));
        final CountingRuns runs = new CountingRuns(stored);
        final CountedRunEvents events = new CountedRunEvents(registry);
        final PostgresStableHistories histories = new PostgresStableHistories(database.jdbi());
        final MeasureHistory measure = new MeasureHistory(histories, events, clock);
        final StartAnalysis start = new StartAnalysis(
                catalog(),
                runs,
                histories,
                new FirstReading(read, threads, Duration.ofMinutes(1)),
                events,
                clock,
                UUID::randomUUID);
        final CancelAnalysis cancel = new CancelAnalysis(runs, measure, clock);
        final GetAnalysis get = new GetAnalysis(runs, new RunRecordDocuments());
        final ListAnalyses list = new ListAnalyses(runs);
        final AdvanceAnalyses advance;

        Replica() {
            this(20_000);
        }

        /** One that remembers the judging of so many analyses. */
        Replica(int remembered) {
            var judges = new RunJudges(remembered);
            advance = new AdvanceAnalyses(
                    runs,
                    read,
                    new AdvanceAnalysis(runs, events, measure, clock, judges),
                    events,
                    new NoTrace(),
                    clock,
                    threads,
                    PATIENCE);
        }

        /** Polls what is due. */
        int tick() {
            try {
                return advance.tick();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() {
            database.close();
        }
    }

    private static final class NoTrace implements TraceContinuation {
        @Override
        public <T> T continuing(String traceparent, String name, Supplier<T> work) {
            return work.get();
        }

        @Override
        public <T> T joining(List<String> traceparents, String name, Supplier<T> work) {
            return work.get();
        }
    }

    Replica replica() {
        return replica;
    }

    /** The process dies and another one takes over. */
    void restart() {
        replica.close();
        replica = new Replica();
    }

    void configure(AnalysisSettings analysis) {
        services.put("checkout", new ServiceObjectives("checkout", "hash", List.of(availability()), analysis));
    }

    void configure(ServiceObjectives objectives) {
        services.put(objectives.service(), objectives);
    }

    static Objective availability() {
        return new Objective(
                "checkout-availability",
                0.999,
                Severity.CRITICAL,
                new RatioIndicator("prometheus", null, "requests{code=~\"5..\"}", "requests"));
    }

    ObjectiveCatalog catalog() {
        return new ObjectiveCatalog() {
            @Override
            public Optional<ServiceObjectives> find(String service) {
                return Optional.ofNullable(services.get(service));
            }

            @Override
            public SortedSet<String> services() {
                return new TreeSet<>(new TreeMap<>(services).keySet());
            }
        };
    }

    AnalysisRun start() {
        return replica.start.start(request(null));
    }

    AnalysisRun start(String service) {
        return replica.start.start(new StartAnalysis.Request(null, service, "new", "old", false, ""));
    }

    /** Time goes by, and every so often what is due is polled. */
    void pass(Duration time, Duration between) {
        for (var passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(between)) {
            clock.advance(between);
            replica.tick();
        }
    }

    /** Polls until nothing is due any more. */
    int catchUp() {
        int ticks = 0;
        while (replica.tick() > 0) {
            ticks++;
        }
        return ticks;
    }

    static StartAnalysis.Request request(@Nullable UUID requestId) {
        return new StartAnalysis.Request(requestId, "checkout", "new", "old", false, "");
    }

    /** Requests are served for one poll interval, then whatever is due is polled. */
    void poll(double badOfCanary, double ofCanary, double badOfBaseline, double ofBaseline) {
        reader.serve(badOfCanary, ofCanary, badOfBaseline, ofBaseline);
        clock.advance(POLL);
        replica.tick();
    }

    void pollHealthy(int times) {
        for (var i = 0; i < times; i++) {
            poll(0, 3_000, 1, 27_000);
        }
    }

    void pollBad(int times) {
        for (var i = 0; i < times; i++) {
            poll(60, 3_000, 1, 27_000);
        }
    }

    AnalysisRun read(AnalysisRun run) {
        return replica.get.get(run.id());
    }

    @Override
    public void close() {
        replica.close();
        threads.close();
        registry.close();
    }
}
