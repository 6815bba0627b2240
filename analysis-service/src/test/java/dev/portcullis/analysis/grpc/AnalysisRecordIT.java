package dev.portcullis.analysis.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.JsonFormat;
import dev.portcullis.analysis.run.RunRecord;
import dev.portcullis.analysis.store.RunRecordDocuments;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.CancelAnalysisRequest;
import dev.portcullis.proto.analysis.v1.Counts;
import dev.portcullis.proto.analysis.v1.GetAnalysisRequest;
import dev.portcullis.proto.analysis.v1.MeasuringState;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.analysis.v1.WatchAnalysisRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Whatever an analysis said, at any of its changes, is computed again from its record, letter for letter. With {@code -Dportcullis.records=FOLDER} the last of each is written
 * there, as {@link GoldenRecordsTest} reads them.
 */
@Execution(ExecutionMode.CONCURRENT) // each test waits most of its time
final class AnalysisRecordIT {
    @TempDir
    private Path folder;

    private AnalysisFixture fixture;

    @AfterEach
    void close() {
        fixture.close();
    }

    private void open(String policy) {
        fixture = new AnalysisFixture(folder, TestDatabase.fresh(), policy);
    }

    @Test
    void ofABadCanaryWithALatencyUpToItsFail() throws IOException {
        open(AnalysisFixture.LATENCY_POLICY);
        fixture.canaryIsSlow();
        var said = watched(analysis -> analysis.getVerdict() == Verdict.FAIL);
        assertEquals(Verdict.FAIL, said.getLast().getVerdict());
        assertSame(said);
    }

    @Test
    void ofAPassThatIsCancelled() throws IOException {
        open(AnalysisFixture.LATENCY_POLICY);
        var said = watched(analysis -> analysis.getVerdict() == Verdict.PASS);
        cancel(said.getLast().getName());
        said.add(
                fixture.get(said.getLast().getName()).toBuilder().clearWindows().build());
        assertEquals("seen enough", said.getLast().getCancelReason());
        assertSame(said);
    }

    @Test
    void ofAnAnalysisThatTheDeadlineEnded() throws IOException {
        open(AnalysisFixture.POLICY.replace("deadline: 3m, bake: 1s", "deadline: 4s, bake: 1s"));
        fixture.canaryFails(9);
        fixture.stableFails(81);
        assertSame(watched(analysis -> false));
    }

    @Test
    void ofAScore() throws IOException {
        open(AnalysisFixture.SCORED_POLICY);
        fixture.canaryFails(1_500);
        var said = watched(analysis -> false);
        assertTrue(said.getLast().hasScore());
        assertSame(said);
    }

    @Test
    void ofASourceThatCannotBeRead() throws IOException {
        open(AnalysisFixture.POLICY);
        var said = watched(analysis -> analysis.getWindowCount() >= 3);
        fixture.shop.answer(request -> Response.text(500, "broken"));
        said.addAll(
                watched(said.getFirst().getName(), analysis -> analysis.getMeasuring() == MeasuringState.UNREACHABLE));
        assertSame(said);
    }

    @Test
    void ofMorePodsThanAreToldOneByOne() throws IOException {
        open(AnalysisFixture.POLICY);
        var said = watched(analysis -> analysis.getVerdict() == Verdict.PASS);
        var many = said.getLast().toBuilder();
        many.getObjectivesBuilder(0)
                .getOtherCanaryPodsBuilder()
                .setServing(7)
                .setFailing(3)
                .setCounts(Counts.newBuilder().setBad(20).setTotal(1_000));
        var pods = RecomputedAnalysis.of(record(many.getName()), many.build())
                .getObjectives(0)
                .getCanaryPodsList();
        assertEquals(8, pods.size());
        assertEquals(
                3,
                pods.stream()
                        .filter(pod -> pod.getPod().startsWith("\uffff")
                                && pod.getCounts().getBad() > 0)
                        .count());
        assertEquals(
                20,
                pods.stream()
                        .filter(pod -> pod.getPod().startsWith("\uffff"))
                        .mapToDouble(pod -> pod.getCounts().getBad())
                        .sum());
        assertEquals(
                1_000,
                pods.stream()
                        .filter(pod -> pod.getPod().startsWith("\uffff"))
                        .mapToDouble(pod -> pod.getCounts().getTotal())
                        .sum());
    }

    @Test
    void aRecordOfAnotherAnalysisOrOfFewerWindowsIsRefused() {
        open(AnalysisFixture.POLICY);
        var said = watched(analysis -> analysis.getWindowCount() >= 2).getLast();
        var record = record(said.getName());
        assertThrows(
                IllegalArgumentException.class,
                () -> RecomputedAnalysis.of(
                        record, said.toBuilder().setName("analyses/other").build()));
        assertThrows(
                IllegalArgumentException.class,
                () -> RecomputedAnalysis.of(
                        record, said.toBuilder().setWindowCount(10_000).build()));
    }

    private List<Analysis> watched(Predicate<Analysis> enough) {
        return watched(fixture.start().getName(), enough);
    }

    private List<Analysis> watched(String name, Predicate<Analysis> enough) {
        List<Analysis> said = new ArrayList<>();
        var stream = fixture.stub.watchAnalysis(
                WatchAnalysisRequest.newBuilder().setName(name).build());
        while (stream.hasNext()) {
            said.add(stream.next());
            if (enough.test(said.getLast())) {
                return said;
            }
        }
        return said;
    }

    private void cancel(String name) {
        fixture.stub.cancelAnalysis(CancelAnalysisRequest.newBuilder()
                .setName(name)
                .setReason("seen enough")
                .build());
    }

    private RunRecord record(String name) {
        var bytes = fixture.stub
                .getAnalysis(GetAnalysisRequest.newBuilder()
                        .setName(name)
                        .setIncludeRecord(true)
                        .build())
                .getRecord()
                .toByteArray();
        var documents = new RunRecordDocuments();
        var read = documents.read(bytes);
        assertEquals(read, documents.read(documents.write(read)));
        return read;
    }

    private void assertSame(List<Analysis> said) throws IOException {
        assertTrue(said.size() > 3, () -> said.stream()
                .map(Analysis::getRevision)
                .map(String::valueOf)
                .collect(Collectors.joining(" ")));
        var record = record(said.getFirst().getName());
        for (var kept : said) {
            var again = RecomputedAnalysis.of(record, kept);
            assertEquals(JsonFormat.printer().print(kept), JsonFormat.printer().print(again));
        }
        write(said.getLast(), record);
    }

    private static void write(Analysis said, RunRecord record) throws IOException {
        var golden = System.getProperty("portcullis.records");
        if (golden != null) {
            var bytes = ByteString.copyFrom(new RunRecordDocuments().write(record));
            Files.writeString(
                    Path.of(golden, said.getVerdict() + "-" + record.id() + ".json"),
                    JsonFormat.printer().print(said.toBuilder().setRecord(bytes)) + "\n");
        }
    }
}
