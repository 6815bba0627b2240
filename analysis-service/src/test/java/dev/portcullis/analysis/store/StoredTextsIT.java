package dev.portcullis.analysis.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.fold.CounterState;
import dev.portcullis.analysis.metric.ObjectiveCounters;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.RatioNumerator;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.Measurement;
import dev.portcullis.analysis.run.MeasuringStatus;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.kit.testing.TestOutbox;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Analyses through a real PostgreSQL and back. */
final class StoredTextsIT {
    private final Database database =
            Database.open(TestDatabase.fresh(), "analysis", OpenTelemetry.noop(), new SimpleMeterRegistry());
    private final PostgresAnalysisRuns runs = new PostgresAnalysisRuns(
            database.jdbi(), Jdbi.create(database.untraced()), TestOutbox.of(database, "analysis"));

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void allThatIsStoredComesBackAsItWas() {
        var run = at(SampleRuns.full(), 0);
        assertTrue(runs.insert(run, null));
        assertEquals(run, runs.find(run.id()).orElseThrow());
        assertTrue(runs.save(run, List.of(SampleRuns.window())));
        assertEquals(List.of(SampleRuns.window()), runs.windows(run.id()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{path=\"/a\0b\"}",
                "\ud800",
                "\udc00x",
                "\\",
                "\\u0000",
                "\\\\u0000\0",
                "\u001b\r\u0085\ud83d\ude00",
                "version"
            })
    void anyNameOfASeriesOrAPodIsMatchedWithTheNextReading(String name) {
        var run = counting(name);
        assertTrue(runs.insert(run, null));
        assertEquals(
                run.measurement().counters(),
                runs.find(run.id()).orElseThrow().measurement().counters());
        assertEquals(
                run.measurement().totals(),
                runs.find(run.id()).orElseThrow().measurement().totals());
    }

    @Test
    void aFaultWithControlCharactersIsKeptInPlainText() {
        var run = measuring(new MeasuringStatus(
                MeasuringStatus.State.UNREACHABLE, "read \0\u001b[31m\ud800, not a page\n", List.of("n\0")));
        assertTrue(runs.insert(run, null));
        var stored = runs.find(run.id()).orElseThrow().cancelled("no\0 more", Instant.now());
        assertEquals(
                "read \\u0000\\u001b[31m\\ud800, not a page\n",
                stored.measurement().measuringStatus().detail());
        assertEquals(List.of("n\\u0000"), stored.measurement().notes());
        assertTrue(runs.save(stored, List.of()));
        assertEquals(
                "no\\u0000 more", runs.find(run.id()).orElseThrow().status().cancelReason());
    }

    private static AnalysisRun counting(String name) {
        var pod = new PodCounters(List.of(Map.of(name, 0.1)), Map.of(name, 3.0));
        var counters = new CounterState(
                Map.of("errors", new ObjectiveCounters(RatioNumerator.BAD, Map.of(name, pod), Map.of())),
                Map.of(),
                Map.of(name, SampleRuns.BEGIN),
                Map.of(),
                List.of());
        var totals = new Measurement.Totals(Map.of(), Map.of("errors", Map.of(name, new Counts(0, 1))), null);
        var bare = SampleRuns.bare().measurement();
        return with(new Measurement(bare.measuringStatus(), counters, null, totals, 0));
    }

    private static AnalysisRun measuring(MeasuringStatus measuringStatus) {
        var bare = SampleRuns.bare().measurement();
        return with(new Measurement(measuringStatus, bare.counters(), null, bare.totals(), 0));
    }

    private static AnalysisRun with(Measurement measurement) {
        var bare = SampleRuns.bare();
        return new AnalysisRun(
                UUID.randomUUID(), bare.plan(), bare.status(), measurement, bare.assessment(), bare.version());
    }

    private static AnalysisRun at(AnalysisRun run, long version) {
        return new AnalysisRun(run.id(), run.plan(), run.status(), run.measurement(), run.assessment(), version);
    }
}
