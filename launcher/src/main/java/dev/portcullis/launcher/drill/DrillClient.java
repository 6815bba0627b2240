package dev.portcullis.launcher.drill;

import dev.portcullis.launcher.peer.Peer;
import dev.portcullis.launcher.peer.PeerAddress;
import dev.portcullis.launcher.peer.PeerException;
import dev.portcullis.proto.rollback.v1.PrepareRollbackRequest;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.proto.rollback.v1.RollbackPreparation;
import dev.portcullis.proto.rollback.v1.RollbackServiceGrpc;
import dev.portcullis.proto.rollback.v1.RollbackServiceGrpc.RollbackServiceBlockingStub;
import dev.portcullis.proto.rollback.v1.StartRollbackRequest;
import dev.portcullis.proto.rollback.v1.WatchRollbackRequest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A rehearsal of a service's rollback by the same two calls as a real one. Nothing live is touched. */
public final class DrillClient implements AutoCloseable {
    private static final int CALL_SECONDS = 10;
    /** A preparation looks at every target. */
    private static final int PREPARE_SECONDS = 60;

    private final Peer rollback;
    private final Peer gate;
    private final Consumer<String> told;

    /**
     * @param rollback where rollback-service is
     * @param gate where gate-service is; asked only for revisions that are not named
     * @param token what is shown to both; empty for nothing
     * @param told hears each line
     */
    public DrillClient(PeerAddress rollback, PeerAddress gate, Optional<String> token, Consumer<String> told) {
        this.rollback = new Peer("rollback-service", rollback, "--rollback", token);
        this.gate = new Peer("gate-service", gate, "--gate", token);
        this.told = told;
    }

    /**
     * Prepares, starts and follows a drill to its end; blocks until then.
     *
     * @return how it ended
     * @throws DrillException when it is not known what to rehearse
     * @throws PeerException when it could not be started or not be followed
     */
    public Rollback run(DrillRequest request) {
        var preparation = prepare(new DrillRevisions(gate).filledIn(request));
        tell(OutlookLines.of(preparation));
        var started = start(preparation);
        told.accept(started.getName() + " has begun");
        var ended = follow(started);
        tell(EndLines.of(ended));
        return ended;
    }

    private RollbackPreparation prepare(DrillRequest request) {
        var wanted = PrepareRollbackRequest.newBuilder()
                .setService(request.service())
                .setFromRevision(request.from())
                .setToRevision(request.to())
                .setReason(request.reason())
                .setCaller(request.caller())
                .setMode(request.mode())
                // Most drills are made while nothing is broken: the targets are where they should be.
                .setAllowRestored(true)
                .build();
        return rollback.call(
                "the drill cannot be prepared", () -> stub(PREPARE_SECONDS).prepareRollback(wanted));
    }

    private Rollback start(RollbackPreparation preparation) {
        var wanted = StartRollbackRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setToken(preparation.getToken())
                .setCaller(preparation.getCaller())
                .build();
        return rollback.call(
                "the drill cannot be started", () -> stub(CALL_SECONDS).startRollback(wanted));
    }

    private Rollback follow(Rollback started) {
        var wanted =
                WatchRollbackRequest.newBuilder().setName(started.getName()).build();
        var lines = new StepLines();
        return rollback.call(started.getName() + " goes on, but cannot be followed", () -> {
            var last = started;
            var versions =
                    RollbackServiceGrpc.newBlockingStub(rollback.channel()).watchRollback(wanted);
            while (versions.hasNext()) {
                last = versions.next();
                tell(lines.of(last));
            }
            return last;
        });
    }

    private RollbackServiceBlockingStub stub(int seconds) {
        return RollbackServiceGrpc.newBlockingStub(rollback.channel()).withDeadlineAfter(seconds, TimeUnit.SECONDS);
    }

    private void tell(List<String> lines) {
        lines.forEach(told);
    }

    @Override
    public void close() {
        rollback.close();
        gate.close();
    }
}
