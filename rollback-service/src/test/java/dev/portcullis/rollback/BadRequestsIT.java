package dev.portcullis.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.launch.RunningService;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.rollback.v1.CancelRollbackRequest;
import dev.portcullis.proto.rollback.v1.ListRollbacksRequest;
import dev.portcullis.proto.rollback.v1.PrepareRollbackRequest;
import dev.portcullis.proto.rollback.v1.StartRollbackRequest;
import dev.portcullis.proto.rollback.v1.WatchRollbackRequest;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that are not legal, against the whole service: each is refused by name and nothing is written. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadRequestsIT {
    @TempDir
    static Path folder;

    private RunningService service;
    private RunningRollbacks caller;

    @BeforeAll
    void start() {
        new PolicyFolder(folder)
                .write("checkout", "{target: webhook, url: 'http://127.0.0.1:1', readBack: 'http://127.0.0.1:1'}");
        service = RunningRollbacks.launch(TestDatabase.fresh(), folder);
        caller = new RunningRollbacks(service.grpcPort());
    }

    @AfterAll
    void stop() {
        assertEquals(
                0,
                caller.stub
                        .listRollbacks(ListRollbacksRequest.getDefaultInstance())
                        .getRollbacksCount());
        caller.close();
        service.close();
    }

    static Stream<Arguments> badPreparations() {
        var good = RunningRollbacks.request("checkout");
        return Stream.of(
                Arguments.of("caller", good.toBuilder().clearCaller()),
                Arguments.of("caller", good.toBuilder().setCaller("x".repeat(1 << 20))),
                Arguments.of("mode", good.toBuilder().setModeValue(9)),
                Arguments.of("service", good.toBuilder().clearService()),
                Arguments.of("service", good.toBuilder().setService(" ")),
                Arguments.of("service", good.toBuilder().setService("x".repeat(254))),
                Arguments.of("service", good.toBuilder().setService("a\u0000b")),
                Arguments.of("release", good.toBuilder().setRelease("releases/1")),
                Arguments.of("release", good.toBuilder().setRelease("services/cart/releases/" + UUID.randomUUID())),
                Arguments.of("release", good.toBuilder().setRelease("services/checkout/releases/1")),
                Arguments.of("from_revision", good.toBuilder().clearFromRevision()),
                Arguments.of("from_revision", good.toBuilder().setFromRevision("a\nb")),
                Arguments.of("to_revision", good.toBuilder().clearToRevision()),
                Arguments.of("to_revision", good.toBuilder().setToRevision(good.getFromRevision())),
                Arguments.of("to_revision", good.toBuilder().setToRevision("x".repeat(254))),
                Arguments.of("to_revision", good.toBuilder().setToRevision(" " + good.getFromRevision())),
                Arguments.of("to_revision", good.toBuilder().setToRevision("{{args.stable}}")),
                Arguments.of("from_revision", good.toBuilder().setFromRevision("${CANARY}")),
                Arguments.of("from_revision", good.toBuilder().setFromRevision("\u00a0")),
                Arguments.of("service", good.toBuilder().setService("checkout ")),
                Arguments.of("caller", good.toBuilder().setCaller("$(params.user)")),
                Arguments.of("reason", good.toBuilder().clearReason()),
                Arguments.of("reason", good.toBuilder().setReason("x".repeat(1001))),
                Arguments.of("reason", good.toBuilder().setReason("\u0007")));
    }

    @ParameterizedTest(name = "{0} #{index}")
    @MethodSource("badPreparations")
    void aBadPreparationIsRefusedByField(String field, PrepareRollbackRequest.Builder request) {
        assertInvalid(field, () -> caller.stub.prepareRollback(request.build()));
    }

    @Test
    void badStartsAndCancellationsAreRefusedByField() {
        var token = UUID.randomUUID().toString();
        var start = StartRollbackRequest.newBuilder();
        assertInvalid("token", () -> caller.stub.startRollback(start.build()));
        assertInvalid(
                "token",
                () -> caller.stub.startRollback(start.setToken("1-1-1-1-1").build()));
        assertInvalid(
                "caller", () -> caller.stub.startRollback(start.setToken(token).build()));
        start.setCaller("alice");
        assertInvalid(
                "request_id",
                () -> caller.stub.startRollback(start.setRequestId("x").build()));
        var cancel = CancelRollbackRequest.newBuilder();
        assertInvalid("name", () -> caller.stub.cancelRollback(cancel.build()));
        cancel.setName("rollbacks/" + token);
        assertInvalid("caller", () -> caller.stub.cancelRollback(cancel.build()));
        cancel.setCaller("alice");
        assertInvalid("reason", () -> caller.stub.cancelRollback(cancel.build()));
    }

    @Test
    void badReadsAreRefusedByField() {
        assertInvalid("name", () -> caller.get(""));
        assertInvalid("name", () -> caller.get("rollbacks/1"));
        assertInvalid("name", () -> caller.get(UUID.randomUUID().toString()));
        assertInvalid("name", () -> caller.stub
                .watchRollback(WatchRollbackRequest.newBuilder().setName("x").build())
                .next());
        var list = ListRollbacksRequest.newBuilder();
        assertInvalid(
                "page_size",
                () -> caller.stub.listRollbacks(list.setPageSize(-1).build()));
        assertInvalid(
                "page_size",
                () -> caller.stub.listRollbacks(list.setPageSize(201).build()));
        list.clearPageSize();
        assertInvalid(
                "page_token",
                () -> caller.stub.listRollbacks(list.setPageToken("&").build()));
        assertInvalid(
                "page_token",
                () -> caller.stub.listRollbacks(list.setPageToken("AAAA").build()));
        list.clearPageToken();
        assertInvalid(
                "kind", () -> caller.stub.listRollbacks(list.setKindValue(99).build()));
        list.clearKind();
        assertInvalid(
                "state", () -> caller.stub.listRollbacks(list.setStateValue(99).build()));
    }

    @Test
    void anUnknownRollbackIsNotFound() {
        var name = "rollbacks/" + UUID.randomUUID();
        var e = assertThrows(StatusRuntimeException.class, () -> caller.get(name));
        assertEquals("ROLLBACK_NOT_FOUND", RpcErrors.reason(e).orElse(""));
        assertEquals(io.grpc.Status.Code.NOT_FOUND, e.getStatus().getCode());
    }

    private static void assertInvalid(String field, org.junit.jupiter.api.function.Executable call) {
        var e = assertThrows(StatusRuntimeException.class, call);
        assertEquals("INVALID_FIELD", RpcErrors.reason(e).orElse(""), e.getMessage());
        assertTrue(e.getMessage().startsWith("INVALID_ARGUMENT: " + field + ": "), e.getMessage());
        assertTrue(e.getMessage().length() < 300, e.getMessage());
    }
}
