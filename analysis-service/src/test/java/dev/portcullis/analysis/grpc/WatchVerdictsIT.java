package dev.portcullis.analysis.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.analysis.v1.VerdictChange;
import dev.portcullis.proto.analysis.v1.WatchVerdictsRequest;
import dev.portcullis.proto.analysis.v1.WatchVerdictsResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.Iterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** WatchVerdicts over gRPC, with two replicas on one PostgreSQL, of which either may poll. */
@Timeout(120)
final class WatchVerdictsIT {
    @TempDir
    Path folder;

    @TempDir
    Path otherFolder;

    private static Iterator<WatchVerdictsResponse> watch(AnalysisFixture fixture) {
        return fixture.stub.watchVerdicts(WatchVerdictsRequest.getDefaultInstance());
    }

    @Test
    void bothReplicasTellAFailToWhoWatchesThem() {
        var database = TestDatabase.fresh();
        try (var one = new AnalysisFixture(folder, database);
                var two = new AnalysisFixture(otherFolder, database)) {
            var atOne = watch(one);
            var atTwo = watch(two);
            assertEquals(0, atOne.next().getChangesCount());
            assertEquals(0, atTwo.next().getChangesCount());
            one.canaryFails(300);
            two.canaryFails(300);
            var analysis = one.start();
            assertFail(analysis.getName(), firstFail(atOne));
            assertFail(analysis.getName(), firstFail(atTwo));
            assertEquals(Verdict.FAIL, two.get(analysis.getName()).getVerdict());
        }
    }

    private static VerdictChange firstFail(Iterator<WatchVerdictsResponse> stream) {
        while (true) {
            for (var change : stream.next().getChangesList()) {
                if (change.getVerdict() == Verdict.FAIL) {
                    return change;
                }
            }
        }
    }

    private static void assertFail(String analysis, VerdictChange change) {
        assertEquals(analysis, change.getAnalysis());
        assertEquals("checkout", change.getService());
        assertEquals(Analysis.State.CONCLUDED, change.getState());
        assertFalse(change.getChangeTime().equals(change.getChangeTime().getDefaultInstanceForType()));
    }

    @Test
    void aServiceThatStopsEndsTheStreamAsUnavailable() {
        var fixture = new AnalysisFixture(folder);
        var stream = watch(fixture);
        stream.next();
        fixture.service.close();
        var end = assertThrows(StatusRuntimeException.class, stream::hasNext);
        assertEquals(Status.Code.UNAVAILABLE, end.getStatus().getCode());
        fixture.close();
    }
}
