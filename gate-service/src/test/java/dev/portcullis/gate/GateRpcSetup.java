package dev.portcullis.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.proto.gate.v1.AbortReleaseRequest;
import dev.portcullis.proto.gate.v1.EvaluateGateRequest;
import dev.portcullis.proto.gate.v1.Release;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A running gate that is asked by gRPC; every test has a service of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // each class that extends it has a gate of its own
abstract class GateRpcSetup {
    GateUnderTest gate;

    @BeforeAll
    void start(@TempDir Path folder) {
        for (var service :
                Set.of("asked", "byhand", "abandoned", "ended", "paged", "watched", "errors", "history", "staged")) {
            GateUnderTest.policy(folder, service, "");
        }
        gate = new GateUnderTest(folder);
    }

    @AfterAll
    void stop() {
        gate.close();
    }

    Release open(String service, String canary) {
        return open(service, canary, canary);
    }

    Release open(String service, String rollout, String canary) {
        return gate.grpc()
                .evaluateGate(EvaluateGateRequest.newBuilder()
                        .setService(service)
                        .setRollout(rollout)
                        .setCanary(canary)
                        .setStable("stable1")
                        .build())
                .getRelease();
    }

    void abort(String name, String reason) {
        gate.grpc()
                .abortRelease(AbortReleaseRequest.newBuilder()
                        .setName(name)
                        .setReason(reason)
                        .build());
    }

    void assertInvalid(String field, Executable call) {
        var description = invalid(call);
        assertTrue(description.startsWith(field + ": "), description);
    }

    /** What an invalid field is said to be. */
    String invalid(Executable call) {
        var error = assertThrows(StatusRuntimeException.class, call);
        assertEquals(Status.Code.INVALID_ARGUMENT, error.getStatus().getCode(), error.getMessage());
        assertEquals("INVALID_FIELD", RpcErrors.reason(error).orElse("none"));
        return String.valueOf(error.getStatus().getDescription());
    }

    void assertFails(Status.Code code, String reason, Executable call) {
        var error = assertThrows(StatusRuntimeException.class, call);
        assertEquals(code, error.getStatus().getCode(), error.getMessage());
        assertEquals(reason, RpcErrors.reason(error).orElse("none"), error.getMessage());
    }
}
