package dev.portcullis.launcher.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.kit.testing.StubGrpcServer;
import dev.portcullis.launcher.peer.PeerAddress;
import dev.portcullis.launcher.peer.PeerException;
import dev.portcullis.proto.gate.v1.GateServiceGrpc;
import dev.portcullis.proto.gate.v1.Release;
import dev.portcullis.proto.gate.v1.WatchReleaseRequest;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A release that is followed while its gate is restarted. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ReleaseClientIT {
    private static final String NAME = "services/checkout/releases/12345678-0000-4000-8000-000000000000";

    private static Release in(Release.State state) {
        return Release.newBuilder().setName(NAME).setState(state).build();
    }

    /** A gate whose streams are these, one after the other. */
    private static GateServiceGrpc.GateServiceImplBase streams(Iterator<List<Object>> answers) {
        return new GateServiceGrpc.GateServiceImplBase() {
            @Override
            public void watchRelease(WatchReleaseRequest request, StreamObserver<Release> observer) {
                for (var answer : answers.next()) {
                    switch (answer) {
                        case Release release -> observer.onNext(release);
                        case Status status -> {
                            observer.onError(status.asRuntimeException());
                            return;
                        }
                        default -> throw new IllegalArgumentException(answer.toString());
                    }
                }
                observer.onCompleted();
            }
        };
    }

    private static List<Release> watched(List<List<Object>> answers) {
        var seen = new ArrayList<Release>();
        try (var gate = new StubGrpcServer(streams(answers.iterator()));
                var client = new ReleaseClient(PeerAddress.plain(gate.address()), Optional.empty())) {
            var ended = client.watch(NAME, seen::add);
            assertEquals(seen.getLast(), ended);
        }
        return seen;
    }

    @Test
    void aGateThatStopsIsAskedAgainAndNothingIsToldTwice() {
        var open = in(Release.State.OPEN);
        var ended = in(Release.State.PROMOTED);
        assertEquals(
                List.of(open, ended),
                watched(List.of(List.of(open, Status.UNAVAILABLE), List.of(Status.UNAVAILABLE), List.of(open, ended))));
    }

    @Test
    void whatIsFinalOrNeverBeganIsAFault() {
        var open = in(Release.State.OPEN);
        for (var answers : List.<List<List<Object>>>of(
                List.of(List.of(Status.UNAVAILABLE)), List.of(List.of(open, Status.INTERNAL)), List.of(List.of()))) {
            var fault = assertThrows(PeerException.class, () -> watched(answers));
            assertFalse(fault.answered(), fault.getMessage());
        }
    }
}
