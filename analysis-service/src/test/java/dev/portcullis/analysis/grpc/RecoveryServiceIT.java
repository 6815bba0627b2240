package dev.portcullis.analysis.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Duration;
import com.google.protobuf.util.JsonFormat;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.BaselineKind;
import dev.portcullis.proto.analysis.v1.ListAnalysesRequest;
import dev.portcullis.proto.analysis.v1.Recovery;
import dev.portcullis.proto.analysis.v1.StartAnalysisRequest;
import dev.portcullis.proto.analysis.v1.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recoveries asked of the service as rollback-service asks it, measured at a shop that serves real counters. */
final class RecoveryServiceIT {
    private static final java.time.Duration SOON = java.time.Duration.ofSeconds(50);

    @TempDir
    Path folder;

    private AnalysisFixture fixture;

    @BeforeEach
    void open() {
        fixture = new AnalysisFixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aHealthyVersionHasRecovered() {
        var request = recovery(UUID.randomUUID());
        var began = fixture.stub.startAnalysis(request);
        assertEquals(Analysis.Purpose.RECOVERY, began.getPurpose());
        assertEquals(Verdict.CONTINUE, began.getVerdict());
        assertEquals("", began.getBaseline());
        assertEquals(BaselineKind.NO_BASELINE, began.getPlan().getBaselineKind());
        assertFalse(began.getObjectives(0).hasBaselineTest());
        assertEquals(60, began.getPlan().getDeadline().getSeconds());
        var ended = ended(request);
        assertEquals(began.getName(), ended.getName());
        assertEquals(Verdict.PASS, ended.getVerdict());
        assertTrue(ended.getExplanation().startsWith("Recovered: good enough after "), ended.getExplanation());
        assertTrue(
                ended.getExplanation().contains("Restored version: 0 of ")
                        && ended.getExplanation().endsWith("The SLO alone decides."),
                ended.getExplanation());
    }

    @Test
    void aSickVersionHasNotAndOnceItIsWellTheNextQuestionIsAnsweredOtherwise() {
        fixture.canaryFails(150);
        var first = ended(recovery(UUID.randomUUID()));
        assertEquals(Verdict.FAIL, first.getVerdict());
        assertTrue(first.getExplanation().startsWith("Not recovered: bad after "), first.getExplanation());
        fixture.canaryFails(0);
        var second = ended(recovery(UUID.randomUUID()));
        assertEquals(Verdict.PASS, second.getVerdict());
        assertEquals(List.of(second.getName(), first.getName()), names(Analysis.Purpose.RECOVERY));
        assertEquals(List.of(), names(Analysis.Purpose.RELEASE));
    }

    @Test
    void theCallOfThePageBeginsARecovery() throws IOException {
        var call = Pattern.compile("-d '(\\{.*?})'")
                .matcher(Files.readString(Path.of("../docs/recovery.md")))
                .results()
                .findFirst()
                .orElseThrow();
        var request = StartAnalysisRequest.newBuilder();
        JsonFormat.parser().merge(call.group(1), request);
        var began = fixture.stub.startAnalysis(request.build());
        assertEquals(Analysis.Purpose.RECOVERY, began.getPurpose());
        assertEquals(900, began.getPlan().getDeadline().getSeconds());
    }

    /** The same question, asked until it is answered. */
    private Analysis ended(StartAnalysisRequest request) {
        Await.until("its end", SOON, () -> fixture.stub.startAnalysis(request).getState() == Analysis.State.CONCLUDED);
        return fixture.stub.startAnalysis(request);
    }

    private List<String> names(Analysis.Purpose purpose) {
        return fixture
                .stub
                .listAnalyses(
                        ListAnalysesRequest.newBuilder().setPurpose(purpose).build())
                .getAnalysesList()
                .stream()
                .map(Analysis::getName)
                .toList();
    }

    private static StartAnalysisRequest recovery(UUID id) {
        return StartAnalysisRequest.newBuilder()
                .setRequestId(id.toString())
                .setService("checkout")
                .setCanary("new")
                .setRecovery(
                        Recovery.newBuilder().setWithin(Duration.newBuilder().setSeconds(60)))
                .build();
    }
}
