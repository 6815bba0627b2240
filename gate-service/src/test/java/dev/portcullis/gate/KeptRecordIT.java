package dev.portcullis.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.testing.FakeAnalysis;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.AbortReleaseRequest;
import dev.portcullis.proto.gate.v1.Decision;
import dev.portcullis.proto.gate.v1.GetDecisionRequest;
import dev.portcullis.proto.gate.v1.Release;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a release's analysis follows from is kept with the release, and given with its decisions. */
final class KeptRecordIT {
    private static final Duration LIMIT = Duration.ofSeconds(80);

    @TempDir
    Path folder;

    private final DatabaseSettings database = TestDatabase.fresh();
    private GateUnderTest gate;

    @BeforeEach
    void start() {
        GateUnderTest.policy(folder, "checkout", "");
        gate = new GateUnderTest(folder, database);
    }

    @AfterEach
    void stop() {
        gate.close();
    }

    @Test
    void ofAnOpenReleaseItIsAnalysisServicesOwn() {
        var release = opened();
        assertEquals(
                "record of " + release.getAnalysis(),
                decision(release).getAnalysisRecord().toStringUtf8());
        assertTrue(gate.release(release.getName())
                .getLatestDecision()
                .getAnalysisRecord()
                .isEmpty());
    }

    @Test
    void anEndedReleaseHasItThoughItsAnalysisIsNoMore() {
        var release = ended();
        Await.until("the record to be kept", LIMIT, () -> state(release).equals("KEPT"));
        gate.analysis.expire();
        gate.analysisServer.stop();
        assertEquals(
                "record of " + release.getAnalysis(),
                decision(release).getAnalysisRecord().toStringUtf8());
    }

    @Test
    void anAnalysisThatIsGoneBeforeIsNotAskedForAgain() {
        var release = opened();
        gate.analysis.expire();
        gate.grpc()
                .abortRelease(AbortReleaseRequest.newBuilder()
                        .setName(release.getName())
                        .setReason("by hand")
                        .build());
        Await.until("the record given up", LIMIT, () -> state(release).equals("GONE"));
        assertTrue(decision(release).getAnalysisRecord().isEmpty());
    }

    @Test
    void withoutAnalysisServiceItIsToldThatItCannotBeAsked() {
        var release = opened();
        gate.analysisServer.stop();
        var error = assertThrows(StatusRuntimeException.class, () -> decision(release));
        assertEquals(Status.Code.UNAVAILABLE, error.getStatus().getCode());
        assertEquals(Optional.of("ANALYSIS_UNAVAILABLE"), RpcErrors.reason(error));
    }

    private Release opened() {
        return gate.release(gate.poll("c1").path("release").textValue());
    }

    private Release ended() {
        return aborted(opened());
    }

    private Release aborted(Release release) {
        gate.analysis.say("c1", analysis -> analysis.setVerdict(Verdict.FAIL)
                .setWindowCount(2)
                .clearObjectives()
                .addObjectives(FakeAnalysis.violated()));
        Await.until(
                "the release aborted",
                LIMIT,
                () -> gate.release(release.getName()).getState() != Release.State.OPEN);
        return gate.release(release.getName());
    }

    private Decision decision(Release release) {
        return gate.grpc()
                .getDecision(GetDecisionRequest.newBuilder()
                        .setName(gate.release(release.getName())
                                .getLatestDecision()
                                .getName())
                        .setIncludeRecord(true)
                        .build());
    }

    private String state(Release release) {
        var id = UUID.fromString(release.getName().substring(release.getName().lastIndexOf('/') + 1));
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var query =
                        connection.prepareStatement("select state from gate.analysis_records where release_id = ?")) {
            query.setObject(1, id);
            try (var row = query.executeQuery()) {
                return row.next() ? row.getString(1) : "";
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
