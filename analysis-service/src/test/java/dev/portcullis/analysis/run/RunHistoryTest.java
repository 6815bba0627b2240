package dev.portcullis.analysis.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.JsonFormat;
import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.store.RunRecordDocuments;
import dev.portcullis.proto.analysis.v1.Analysis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The history of analyses that were kept as earlier versions said them. */
final class RunHistoryTest {
    private static final Path RECORDS = Path.of("src/test/resources/records");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(RECORDS)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void itEndsWithWhatTheAnalysisSays(Path file) throws IOException {
        var kept = kept(file);
        var record = record(kept);
        var history = judge(record).history(record.windows());
        var last = history.getLast();
        assertEquals(record.windows().getLast(), last.window());
        assertEquals(kept.getEvidence().getFail(), last.judgement().failEvidence());
        assertEquals(kept.getEvidence().getPass(), last.judgement().passEvidence());
        assertEquals(
                kept.getObjectivesList().stream().map(o -> o.getSlo()).toList(),
                last.objectives().stream().map(ObjectiveHistory::slo).toList());
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyPointIsWhatWasSaidOfItsWindows(Path file) throws IOException {
        var record = record(kept(file));
        for (var point : judge(record).history(record.windows())) {
            var closed = record.windows().subList(0, point.window().index());
            assertEquals(
                    RunJudge.assess(closed, record.plan(), record.buckets())
                            .judgement()
                            .failEvidence(),
                    point.judgement().failEvidence());
            var bounds = judge(record).bounds(closed);
            for (var i = 0; i < bounds.size(); i++) {
                var objective = point.objectives().get(i);
                var cut = cut(record, objective.slo());
                assertEquals(bounds.get(i).ratio().get(cut), objective.canary());
                assertEquals(sum(closed, objective.slo(), cut), objective.counts());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void theBaselineHasBoundsOfTheSameKind(Path file) throws IOException {
        var record = record(kept(file));
        var compared = record.plan().arms().baseline() != null;
        var straight = judge(record).history(record.windows());
        var exchanged = judge(record)
                .history(
                        record.windows().stream().map(RunHistoryTest::exchanged).toList());
        for (var k = 0; k < straight.size(); k++) {
            for (var i = 0; i < straight.get(k).objectives().size(); i++) {
                var baseline = straight.get(k).objectives().get(i).baseline();
                assertEquals(compared, baseline.isPresent());
                var mirrored = exchanged.get(k).objectives().get(i).canary();
                baseline.ifPresent(bounds -> assertEquals(mirrored, bounds));
            }
        }
    }

    @Test
    void aLongAnalysisHasFewerPoints() {
        assertEquals(1, RunHistory.step(0, 2));
        assertEquals(1, RunHistory.step(1, 2));
        assertEquals(1, RunHistory.step(RunHistory.MOST_POINTS, 2));
        assertEquals(2, RunHistory.step(RunHistory.MOST_POINTS + 1, 2));
        for (var bounds : List.of(1, 2, 10, 40)) {
            IntStream.concat(IntStream.rangeClosed(1, 3_000), IntStream.of(40_000, 100_000))
                    .forEach(windows -> assertAffordable(windows, bounds));
        }
    }

    private static void assertAffordable(int windows, int bounds) {
        var step = RunHistory.step(windows, bounds);
        var points = Math.ceilDiv(windows, step);
        var looks = bounds
                * IntStream.rangeClosed(1, points)
                        .mapToLong(k -> Math.min(windows, (long) k * step))
                        .sum();
        assertTrue(points >= 1 && points <= RunHistory.MOST_POINTS, () -> windows + " windows: " + points);
        assertTrue(
                points == 1 || looks <= RunHistory.MOST_LOOKS + (long) bounds * windows,
                () -> windows + " windows: " + looks + " looks");
    }

    private static RunJudge judge(RunRecord record) {
        return new RunJudge(record.plan(), record.buckets());
    }

    private static int cut(RunRecord record, String slo) {
        var buckets = record.buckets().get(slo);
        return buckets == null ? 0 : buckets.fail();
    }

    private static ArmCounts sum(List<Window> windows, String slo, int cut) {
        return windows.stream()
                .flatMap(window -> Stream.ofNullable(window.counts().get(slo)))
                .map(observation -> observation.at(cut))
                .reduce(ArmCounts.NONE, ArmCounts::plus);
    }

    private static Window exchanged(Window window) {
        Map<String, Observation> counts = window.counts().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> new Observation(entry.getValue().cuts().stream()
                                .map(cut -> new ArmCounts(cut.baseline(), cut.canary()))
                                .toList())));
        return new Window(window.index(), window.start(), window.end(), counts, Map.of());
    }

    private static RunRecord record(Analysis kept) {
        return new RunRecordDocuments().read(kept.getRecord().toByteArray());
    }

    private static Analysis kept(Path file) throws IOException {
        var message = Analysis.newBuilder();
        JsonFormat.parser().merge(Files.readString(file), message);
        return message.build();
    }
}
