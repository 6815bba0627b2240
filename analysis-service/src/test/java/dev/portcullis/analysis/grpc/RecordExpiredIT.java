package dev.portcullis.analysis.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.OldRecords;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.CancelAnalysisRequest;
import dev.portcullis.proto.analysis.v1.GetAnalysisRequest;
import dev.portcullis.proto.analysis.v1.WatchAnalysisRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The service as it runs deletes what is old and says so to whoever asks for it. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RecordExpiredIT {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    @TempDir
    Path folder;

    @Test
    void anAnalysisThatWasDeletedIsToldFromOneThatNeverWas() throws Exception {
        var database = TestDatabase.fresh();
        try (var fixture = new AnalysisFixture(folder, database)) {
            var old = ended(fixture);
            var decidedBy = ended(fixture);
            var running = fixture.start();
            OldRecords.age(database, "analysis.analysis", 14);
            fixture.stub.getAnalysis(GetAnalysisRequest.newBuilder()
                    .setName(decidedBy)
                    .setExtendRetention(true)
                    .build());
            OldRecords.deleteNow(database, "analysis");

            var error = Await.value("the deletion", LIMIT, () -> gone(fixture, old));
            assertEquals(Status.Code.NOT_FOUND, error.getStatus().getCode());
            var info = info(error);
            assertEquals("RECORD_EXPIRED", info.getReason());
            assertEquals(old, info.getMetadataOrThrow("name"));
            assertEquals("P13M", info.getMetadataOrThrow("retention"));
            assertEquals(
                    "analysis " + old + " was deleted at " + info.getMetadataOrThrow("delete_time")
                            + ", after it had been kept for 13 months",
                    error.getStatus().getDescription());
            expired(() -> fixture.stub.cancelAnalysis(CancelAnalysisRequest.newBuilder()
                    .setName(old)
                    .setReason("again")
                    .build()));
            expired(() -> fixture.stub
                    .watchAnalysis(
                            WatchAnalysisRequest.newBuilder().setName(old).build())
                    .next());

            assertEquals(Analysis.State.CANCELLED, fixture.get(decidedBy).getState());
            assertEquals(Analysis.State.RUNNING, fixture.get(running.getName()).getState());
            var never = "analyses/" + UUID.randomUUID();
            var unknown = assertThrows(StatusRuntimeException.class, () -> fixture.get(never));
            assertEquals("ANALYSIS_NOT_FOUND", info(unknown).getReason());
        }
    }

    private static Optional<StatusRuntimeException> gone(AnalysisFixture fixture, String name) {
        try {
            fixture.get(name);
            return Optional.empty();
        } catch (StatusRuntimeException e) {
            return Optional.of(e);
        }
    }

    private static void expired(Executable call) {
        assertEquals(
                "RECORD_EXPIRED",
                info(assertThrows(StatusRuntimeException.class, call)).getReason());
    }

    private static String ended(AnalysisFixture fixture) {
        var name = fixture.start().getName();
        var cancelled = fixture.stub.cancelAnalysis(CancelAnalysisRequest.newBuilder()
                .setName(name)
                .setReason("done")
                .build());
        assertTrue(cancelled.hasEndTime());
        return name;
    }

    private static ErrorInfo info(StatusRuntimeException error) {
        try {
            return StatusProto.fromThrowable(error).getDetails(0).unpack(ErrorInfo.class);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
