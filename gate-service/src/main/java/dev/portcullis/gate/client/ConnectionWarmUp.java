package dev.portcullis.gate.client;

import dev.portcullis.kit.client.CallFaults;
import dev.portcullis.kit.lifecycle.BackgroundWork;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc;
import dev.portcullis.proto.analysis.v1.ListAnalysesRequest;
import dev.portcullis.proto.rollback.v1.ListRollbacksRequest;
import dev.portcullis.proto.rollback.v1.RollbackServiceGrpc;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractStub;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One question to another service before the gate says it is ready: it opens the connection and loads the code of a call on both sides, which would otherwise
 * eat the deadline of the first poll, or hold up the first rollback. That nobody answers is no fault.
 */
public final class ConnectionWarmUp implements BackgroundWork {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionWarmUp.class);

    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final String service;
    private final String without;
    private final Runnable question;

    private ConnectionWarmUp(String service, String without, Runnable question) {
        this.service = service;
        this.without = without;
        this.question = question;
    }

    public static ConnectionWarmUp withAnalysis(Channel channel) {
        var stub = AnalysisServiceGrpc.newBlockingStub(channel);
        var first = ListAnalysesRequest.newBuilder().setPageSize(1).build();
        return new ConnectionWarmUp(
                "analysis-service", "every decision is HOLD", () -> soon(stub).listAnalyses(first));
    }

    /**
     * Two channels to one service, whose silence is told once.
     *
     * @param preparing a channel by {@link GrpcRollbacks#preparing}
     * @param starting a channel by {@link GrpcRollbacks#starting}
     */
    public static ConnectionWarmUp withRollback(Channel preparing, Channel starting) {
        var first = ListRollbacksRequest.newBuilder().setPageSize(1).build();
        return new ConnectionWarmUp("rollback-service", "rollbacks wait", () -> {
            try {
                soon(RollbackServiceGrpc.newBlockingStub(preparing)).listRollbacks(first);
            } finally {
                soon(RollbackServiceGrpc.newBlockingStub(starting)).listRollbacks(first);
            }
        });
    }

    /** Whatever the channel allows: the gate's start must not wait for it. */
    private static <S extends AbstractStub<S>> S soon(S stub) {
        return stub.withDeadlineAfter(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void start() {
        try {
            question.run();
            LOG.debug("{} answers", service);
        } catch (StatusRuntimeException e) {
            LOG.info("{} does not answer yet ({}); {} until it does", service, CallFaults.inOneLine(e), without);
        }
    }

    @Override
    public void stop() {}
}
