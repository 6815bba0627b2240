package dev.portcullis.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.testing.FakeAnalysis;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.OldRecords;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.GetDecisionRequest;
import dev.portcullis.proto.gate.v1.ListDecisionsRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the gate says of what is no longer kept: of its own releases, and of the analyses and rollbacks of the others. */
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RecordExpiredIT {
    /** Longer than the pause of the review once an analysis is over. */
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

    private String aborted() {
        gate.poll("c1");
        gate.analysis.say("c1", analysis -> analysis.setVerdict(Verdict.FAIL)
                .setWindowCount(2)
                .clearObjectives()
                .addObjectives(FakeAnalysis.violated()));
        var answer = gate.poll("c1");
        assertEquals("ABORT", answer.path("decision").textValue(), answer.toString());
        return answer.path("release").textValue();
    }

    @Test
    void aReleaseThatWasDeletedIsToldFromOneThatNeverWas() {
        var name = aborted();
        Await.until("the rollback to be started", LIMIT, () -> !gate.release(name)
                .getRollback()
                .isEmpty());
        var decision = gate.release(name).getLatestDecision().getName();
        assertEquals(0, gate.metric("portcullis_retention_deleted_rows_total{table=\"decisions\"}"));
        OldRecords.age(database, "gate.releases", 12 * 8);
        OldRecords.deleteNow(database, "gate");

        var error = Await.value("the deletion", LIMIT, () -> gone(name));
        assertEquals(Status.Code.NOT_FOUND, error.getStatus().getCode());
        assertEquals(Optional.of("RECORD_EXPIRED"), RpcErrors.reason(error));
        assertTrue(error.getStatus().getDescription().endsWith(", after it had been kept for 7 years"));
        var ofDecision = assertThrows(StatusRuntimeException.class, () -> gate.grpc()
                .getDecision(GetDecisionRequest.newBuilder().setName(decision).build()));
        assertEquals(Optional.of("RECORD_EXPIRED"), RpcErrors.reason(ofDecision));
        var ofList = assertThrows(StatusRuntimeException.class, () -> gate.grpc()
                .listDecisions(ListDecisionsRequest.newBuilder().setParent(name).build()));
        assertEquals(Optional.of("RECORD_EXPIRED"), RpcErrors.reason(ofList));
        assertEquals(
                Optional.of("RELEASE_NOT_FOUND"),
                gone("services/checkout/releases/" + UUID.randomUUID()).flatMap(RpcErrors::reason));
        assertTrue(gate.metric("portcullis_retention_deleted_rows_total{table=\"decisions\"}") > 0);
    }

    private Optional<StatusRuntimeException> gone(String name) {
        try {
            gate.release(name);
            return Optional.empty();
        } catch (StatusRuntimeException e) {
            return Optional.of(e);
        }
    }

    @Test
    void theAnalysisOfAnOpenReleaseIsAskedForSoThatItIsKept() {
        gate.poll("c1");
        gate.analysis.say("c1", analysis -> analysis.setState(Analysis.State.CONCLUDED)
                .setVerdict(Verdict.INCONCLUSIVE)
                .setWindowCount(3));
        gate.settle();
        gate.execute("update gate.releases set next_review = now()");
        Await.until(
                "the review that keeps it", LIMIT, () -> gate.analysis.kept().containsAll(gate.analysis.names()));
        assertEquals(1, gate.analysis.names().size());
    }

    @Test
    void aReleaseWhoseAnalysisIsNoLongerKeptIsHeldAndSaysSo() {
        gate.poll("c1");
        gate.analysis.expire();
        var answer = gate.poll("c1");
        assertEquals("HOLD", answer.path("decision").textValue());
        assertEquals("ANALYSIS_REFUSED", answer.path("reasons").get(0).textValue());
        assertTrue(answer.path("explanation").textValue().contains("was deleted at"), answer.toString());
    }

    @Test
    void aRollbackThatIsNoLongerKeptIsToldSo() {
        var name = aborted();
        Await.until("the rollback to be started", LIMIT, () -> !gate.release(name)
                .getRollback()
                .isEmpty());
        gate.rollback.expireRecord();
        Await.until("told in the release", LIMIT, () -> gate.release(name)
                .getRollbackState()
                .equals("RECORD_EXPIRED"));
        Await.until(
                "told in the answer",
                LIMIT,
                () -> gate.poll("c1").path("rollbackState").textValue().equals("RECORD_EXPIRED"));
    }
}
