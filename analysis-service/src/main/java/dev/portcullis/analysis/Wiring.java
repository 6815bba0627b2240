package dev.portcullis.analysis;

import dev.portcullis.analysis.budget.RecentRatios;
import dev.portcullis.analysis.configuration.AnalysisConfiguration;
import dev.portcullis.analysis.configuration.LiveObjectives;
import dev.portcullis.analysis.grpc.AnalysisAccess;
import dev.portcullis.analysis.grpc.AnalysisGrpcService;
import dev.portcullis.analysis.metric.CounterReader;
import dev.portcullis.analysis.metric.SourceCounterReader;
import dev.portcullis.analysis.run.AnalysisChanges;
import dev.portcullis.analysis.run.AnalysisRuns;
import dev.portcullis.analysis.run.RunEvents;
import dev.portcullis.analysis.run.StableHistories;
import dev.portcullis.analysis.run.VerdictChanges;
import dev.portcullis.analysis.schedule.PollTask;
import dev.portcullis.analysis.source.SourceKind;
import dev.portcullis.analysis.source.datadog.DatadogKind;
import dev.portcullis.analysis.source.otlp.OtlpDispatcher;
import dev.portcullis.analysis.source.otlp.OtlpKind;
import dev.portcullis.analysis.source.otlp.OtlpMetricsService;
import dev.portcullis.analysis.source.prometheus.PrometheusKind;
import dev.portcullis.analysis.source.scrape.ScrapeKind;
import dev.portcullis.analysis.store.AnalysisRetention;
import dev.portcullis.analysis.store.PostgresAnalysisChanges;
import dev.portcullis.analysis.store.PostgresAnalysisRuns;
import dev.portcullis.analysis.store.PostgresStableHistories;
import dev.portcullis.analysis.store.PostgresVerdictChanges;
import dev.portcullis.analysis.store.RunRecordDocuments;
import dev.portcullis.analysis.telemetry.CountedRunEvents;
import dev.portcullis.analysis.telemetry.LinkedTraceContinuation;
import dev.portcullis.analysis.usecase.AdvanceAnalyses;
import dev.portcullis.analysis.usecase.AdvanceAnalysis;
import dev.portcullis.analysis.usecase.CancelAnalysis;
import dev.portcullis.analysis.usecase.FirstReading;
import dev.portcullis.analysis.usecase.GetAnalysis;
import dev.portcullis.analysis.usecase.GetErrorBudget;
import dev.portcullis.analysis.usecase.ListAnalyses;
import dev.portcullis.analysis.usecase.MeasureHistory;
import dev.portcullis.analysis.usecase.ScoreCounts;
import dev.portcullis.analysis.usecase.SharedAnalysisChanges;
import dev.portcullis.analysis.usecase.SharedVerdictChanges;
import dev.portcullis.analysis.usecase.StartAnalysis;
import dev.portcullis.analysis.usecase.WatchAnalyses;
import dev.portcullis.analysis.usecase.WatchVerdicts;
import dev.portcullis.kit.audit.store.AuditOutbox;
import dev.portcullis.kit.client.Breakers;
import dev.portcullis.kit.client.ClientChannels;
import dev.portcullis.kit.client.GateAddress;
import dev.portcullis.kit.client.GrpcTokens;
import dev.portcullis.kit.configuration.LiveConfiguration;
import dev.portcullis.kit.configuration.SectionReaders;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.database.RowVersions;
import dev.portcullis.kit.http.TracedHttpClient;
import dev.portcullis.kit.identity.TokenSource;
import dev.portcullis.kit.retention.DeletedRecords;
import dev.portcullis.kit.retention.Retention;
import dev.portcullis.kit.retention.RetentionSettings;
import dev.portcullis.kit.rpc.RpcAccess;
import dev.portcullis.kit.rpc.Versions;
import dev.portcullis.kit.telemetry.TraceLink;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.Jdbi;

/** The objects of analysis-service. */
@Factory
public final class Wiring {
    /** A caller that opens a release has about a second. */
    private static final Duration FIRST_READING = Duration.ofMillis(800);
    /** A tick leaves slow polls behind after this time, so that they don't hold up the next ones. */
    private static final Duration TICK = Duration.ofMillis(300);

    /** What {@code portcullis.prometheus.url} is when nothing is set. */
    public static final String DEFAULT_PROMETHEUS = "http://127.0.0.1:9090";

    private static final Duration MICROSECOND = Duration.ofNanos(1_000);

    /** Every kind of metric source there is; a new one is added here. */
    static List<SourceKind> sourceKinds(
            TracedHttpClient http, OtlpDispatcher dispatcher, Clock clock, String prometheus) {
        return List.of(
                new PrometheusKind(http, clock, System.getenv(), prometheus),
                new ScrapeKind(http, System.getenv(), clock),
                new OtlpKind(dispatcher, clock),
                new DatadogKind(http, clock, System.getenv()));
    }

    /**
     * Every kind of metric source there is, for reading a configuration without a running service: what sources do is counted and traced nowhere, and nothing can be
     * sent to the one for OTLP.
     *
     * @param prometheus the server for SLOs that name no source
     * @param clock times what is read of the sources
     * @throws IllegalArgumentException when the server's address is none
     */
    public static List<SourceKind> sourceKinds(String prometheus, Clock clock) {
        var http = new TracedHttpClient(OpenTelemetry.noop(), new Breakers(new SimpleMeterRegistry()));
        return sourceKinds(http, new OtlpDispatcher(), clock, prometheus);
    }

    @Singleton
    @Bean(preDestroy = "close")
    LiveObjectives objectives(
            @Property(name = "portcullis.config") String folder,
            @Property(name = "portcullis.prometheus.url") String prometheus,
            TracedHttpClient http,
            OtlpDispatcher dispatcher,
            Clock clock,
            SectionReaders readers) {
        var kinds = sourceKinds(http, dispatcher, clock, prometheus);
        return LiveObjectives.open(Path.of(folder), kinds, readers, LiveConfiguration.POLL_INTERVAL);
    }

    @Singleton
    LiveConfiguration<AnalysisConfiguration> configuration(LiveObjectives objectives) {
        return objectives.configuration();
    }

    @Singleton
    OtlpDispatcher dispatcher() {
        return new OtlpDispatcher();
    }

    @Singleton
    OtlpMetricsService receiver(OtlpDispatcher dispatcher, MeterRegistry meters) {
        return new OtlpMetricsService(dispatcher, meters);
    }

    @Singleton
    CounterReader reader(LiveObjectives objectives) {
        return new SourceCounterReader(objectives, inTheTrace());
    }

    @Singleton
    AnalysisRuns runs(Database database, AuditOutbox audit) {
        return new PostgresAnalysisRuns(database.jdbi(), Jdbi.create(database.untraced()), audit);
    }

    @Singleton
    VerdictChanges verdicts(Database database) {
        return new PostgresVerdictChanges(Jdbi.create(database.untraced()));
    }

    @Singleton
    AnalysisChanges changes(Database database, Clock clock) {
        return new SharedAnalysisChanges(new PostgresAnalysisChanges(database.untraced()), clock);
    }

    @Singleton
    Versions versions(Database database) {
        return new RowVersions(database, PostgresAnalysisRuns.VERSIONS);
    }

    @Singleton
    StableHistories histories(Database database) {
        return new PostgresStableHistories(database.jdbi());
    }

    @Singleton
    MeasureHistory measureHistory(StableHistories histories, RunEvents events, Clock clock) {
        return new MeasureHistory(histories, events, micros(clock));
    }

    @Singleton
    RunEvents events(MeterRegistry meters) {
        return new CountedRunEvents(meters);
    }

    @Singleton
    Retention retention(Database database, RetentionSettings settings, MeterRegistry meters) {
        return new Retention(database, AnalysisRetention.STATEMENTS, settings.records(), settings.audit(), meters);
    }

    @Singleton
    PollTask task(
            Database database,
            AnalysisRuns runs,
            CounterReader reader,
            RunEvents events,
            MeasureHistory history,
            TraceLink traces,
            Clock clock,
            Retention retention) {
        var one = new AdvanceAnalysis(runs, events, history, micros(clock));
        var polls = Executors.newVirtualThreadPerTaskExecutor();
        var advance = new AdvanceAnalyses(
                runs, reader, one, events, new LinkedTraceContinuation(traces), micros(clock), polls, TICK);
        return new PollTask(database, advance, polls, retention.task());
    }

    @Singleton
    AnalysisGrpcService service(
            LiveObjectives objectives,
            VerdictChanges verdicts,
            AnalysisChanges changes,
            Versions versions,
            AnalysisRuns runs,
            StableHistories histories,
            MeasureHistory history,
            CounterReader reader,
            RunEvents events,
            DeletedRecords deleted,
            Clock clock) {
        var first = new FirstReading(reader, inTheTrace(), FIRST_READING);
        return new AnalysisGrpcService(
                new StartAnalysis(objectives, runs, histories, first, events, micros(clock), UUID::randomUUID),
                new GetAnalysis(runs, new RunRecordDocuments()),
                new ListAnalyses(runs),
                new CancelAnalysis(runs, history, micros(clock)),
                new ScoreCounts(),
                new GetErrorBudget(objectives, new RecentRatios(objectives, inTheTrace(), clock)),
                new WatchVerdicts(new SharedVerdictChanges(verdicts, clock), clock),
                new WatchAnalyses(changes, runs, System::nanoTime),
                versions,
                deleted);
    }

    @Singleton
    RpcAccess access(AnalysisRuns runs, DeletedRecords deleted) {
        return AnalysisAccess.of(runs, deleted).and(OtlpMetricsService.ACCESS);
    }

    /** Virtual threads that go on in the trace of whoever hands them work. */
    private static ExecutorService inTheTrace() {
        return Context.taskWrapping(Executors.newVirtualThreadPerTaskExecutor());
    }

    /** Times are kept to the microsecond, so they are taken to the microsecond: what was stored equals what is read. */
    private static Clock micros(Clock clock) {
        return Clock.tick(clock, MICROSECOND);
    }

    @Singleton
    TokenSource tokenSource(ClientChannels channels, GateAddress gate) {
        return new GrpcTokens(channels, gate);
    }
}
