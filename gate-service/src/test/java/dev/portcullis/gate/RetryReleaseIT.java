package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.AbortReleaseRequest;
import dev.portcullis.proto.gate.v1.ErrorReason;
import dev.portcullis.proto.gate.v1.Release;
import dev.portcullis.proto.gate.v1.RetryReleaseRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Releases that were aborted and are tried again. */
final class RetryReleaseIT {
    private static GateUnderTest gate;

    @BeforeAll
    static void start() {
        gate = GateUnderTest.ofCheckout();
    }

    @AfterAll
    static void stop() {
        gate.close();
    }

    private static Release retry(String name) {
        return gate.grpc()
                .retryRelease(RetryReleaseRequest.newBuilder()
                        .setName(name)
                        .setReason("the load test spoilt it")
                        .build());
    }

    /** Without a stable version nothing is rolled back. */
    private static String aborted(String canary) {
        gate.analysis.say(canary, Verdict.CONTINUE, 1);
        var name = gate.poll("checkout", canary, "").path("release").textValue();
        gate.grpc()
                .abortRelease(AbortReleaseRequest.newBuilder()
                        .setName(name)
                        .setReason("bad")
                        .build());
        return name;
    }

    private static void assertRefused(String told, Runnable call) {
        var error = assertThrows(StatusRuntimeException.class, call::run);
        assertEquals(Status.Code.FAILED_PRECONDITION, error.getStatus().getCode(), error.toString());
        assertTrue(RpcErrors.hasReason(error, ErrorReason.RELEASE_NOT_RETRIABLE), error.toString());
        assertTrue(String.valueOf(error.getMessage()).contains(told), error.toString());
    }

    @Test
    void anAbortedReleaseBeginsAnewWithAnAnalysisOfItsOwnAndTheOldOneStays() {
        var name = aborted("r1");
        var next = retry(name);
        assertEquals(2, next.getRun());
        assertEquals(Release.State.OPEN, next.getState());
        assertEquals("the load test spoilt it", next.getRetryReason());
        assertEquals(Release.State.ABORTED, gate.release(name).getState());
        Await.until("an analysis that nobody asked for", LIMIT, () -> !gate.release(next.getName())
                .getAnalysis()
                .isEmpty());
        assertNotEquals(
                gate.release(name).getAnalysis(), gate.release(next.getName()).getAnalysis());
        gate.analysis.say("r1", Verdict.PASS, 3);
        var answer = gate.poll("checkout", "r1", "");
        assertEquals(next.getName(), answer.path("release").textValue());
        assertEquals("PROMOTE", answer.path("decision").textValue());
    }

    @Test
    void whoComesSecondHearsOfTheFirst() {
        var name = aborted("r2");
        var next = retry(name);
        assertRefused("run 2 of its canary is there already, " + next.getName(), () -> retry(name));
        assertRefused("tried again by 'local': the load test spoilt it", () -> retry(name));
        assertRefused("it is OPEN", () -> retry(next.getName()));
    }
}
