package dev.portcullis.rollback.client;

import dev.portcullis.kit.client.CallFaults;
import dev.portcullis.kit.client.Downstream;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.kit.text.FreeText;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc.AnalysisServiceBlockingStub;
import dev.portcullis.proto.analysis.v1.CancelAnalysisRequest;
import dev.portcullis.proto.analysis.v1.ErrorReason;
import dev.portcullis.proto.analysis.v1.ListAnalysesRequest;
import dev.portcullis.rollback.recovery.LaterRelease;
import dev.portcullis.rollback.recovery.RecoveryAnalyses;
import dev.portcullis.rollback.recovery.RecoveryQuestion;
import dev.portcullis.rollback.recovery.RecoveryResult;
import dev.portcullis.rollback.recovery.RecoveryResult.Measuring;
import dev.portcullis.rollback.recovery.RecoveryResult.Unavailable;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The recoveries of analysis-service over gRPC. Each asking is a StartAnalysis whose request id makes it one analysis. Thread-safe. */
public final class GrpcRecoveryAnalyses implements RecoveryAnalyses {
    private static final Logger LOG = LoggerFactory.getLogger(GrpcRecoveryAnalyses.class);

    /** The first asking takes a reading of the counters, for which analysis-service waits 0.8 s at most. */
    private static final Duration DEADLINE = Duration.ofSeconds(1);

    private final AnalysisServiceBlockingStub stub;

    /** @param channel to {@link #downstream} */
    public GrpcRecoveryAnalyses(Channel channel) {
        this.stub = AnalysisServiceGrpc.newBlockingStub(channel);
    }

    /**
     * analysis-service as this client sees it: every call may be repeated.
     *
     * @param address host:port
     */
    public static Downstream downstream(String address) {
        return new Downstream(
                "analysis",
                address,
                DEADLINE,
                AnalysisServiceGrpc.SERVICE_NAME,
                Set.of("StartAnalysis", "CancelAnalysis", "ListAnalyses"));
    }

    @Override
    public RecoveryResult ask(RecoveryQuestion question) {
        try {
            return RecoveryMapper.result(stub.startAnalysis(RecoveryMapper.request(question)));
        } catch (StatusRuntimeException e) {
            return new Unavailable(told(e));
        }
    }

    private static String told(StatusRuntimeException error) {
        return RpcErrors.hasReason(error, ErrorReason.UNKNOWN_SERVICE)
                ? "analysis-service cannot measure it: " + CallFaults.description(error)
                : "analysis-service could not be asked: " + CallFaults.inOneLine(error);
    }

    @Override
    public void end(RecoveryQuestion question, String why) {
        // Its name is not known here after a crash; asking tells it, and begins one only if none ever began.
        if (ask(question) instanceof Measuring measuring) {
            cancel(measuring.analysis(), why);
        }
    }

    private void cancel(String analysis, String why) {
        try {
            var answer = stub.cancelAnalysis(CancelAnalysisRequest.newBuilder()
                    .setName(analysis)
                    .setReason(FreeText.made(why))
                    .build());
            LOG.debug("{} is {}", analysis, answer.getState());
        } catch (StatusRuntimeException e) {
            LOG.info(
                    "cancelling {} was answered by an error, so it may measure until its time is over: {}",
                    analysis,
                    CallFaults.inOneLine(e));
        }
    }

    @Override
    public LaterRelease laterRelease(String service, Instant moment) {
        var newest = ListAnalysesRequest.newBuilder()
                .setService(service)
                .setPurpose(Analysis.Purpose.RELEASE)
                .setPageSize(1)
                .build();
        try {
            return RecoveryMapper.laterRelease(stub.listAnalyses(newest), moment);
        } catch (StatusRuntimeException e) {
            return new LaterRelease.Unknown(told(e));
        }
    }
}
