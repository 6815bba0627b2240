package dev.portcullis.gate.client;

import com.google.protobuf.ByteString;
import dev.portcullis.gate.analysis.Analyses;
import dev.portcullis.gate.analysis.AnalysisReply;
import dev.portcullis.gate.analysis.AnalysisUnavailableException;
import dev.portcullis.kit.client.CallFaults;
import dev.portcullis.kit.client.Downstream;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.kit.text.FreeText;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc.AnalysisServiceBlockingStub;
import dev.portcullis.proto.analysis.v1.CancelAnalysisRequest;
import dev.portcullis.proto.analysis.v1.ErrorReason;
import dev.portcullis.proto.analysis.v1.GetAnalysisRequest;
import dev.portcullis.proto.analysis.v1.StartAnalysisRequest;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The analyses of analysis-service over gRPC. Thread-safe. */
public final class GrpcAnalyses implements Analyses {
    private static final Logger LOG = LoggerFactory.getLogger(GrpcAnalyses.class);

    private final AnalysisServiceBlockingStub stub;

    public GrpcAnalyses(Channel channel) {
        this.stub = AnalysisServiceGrpc.newBlockingStub(channel);
    }

    /**
     * analysis-service as this client sees it. A start may be repeated too: its request id makes it one analysis.
     *
     * @param deadline of a call
     */
    public static Downstream downstream(String address, Duration deadline) {
        return new Downstream(
                "analysis",
                address,
                deadline,
                AnalysisServiceGrpc.SERVICE_NAME,
                Set.of("GetAnalysis", "StartAnalysis", "CancelAnalysis"));
    }

    @Override
    public AnalysisReply start(UUID id, String service, String canary, String baseline) {
        var request = StartAnalysisRequest.newBuilder()
                .setRequestId(id.toString())
                .setService(service)
                .setCanary(canary)
                .setBaseline(baseline)
                .build();
        return hear(() -> stub.startAnalysis(request));
    }

    @Override
    public AnalysisReply read(String analysis) {
        // Of an open release: what it waits for must not be deleted, however long it waits.
        var request = GetAnalysisRequest.newBuilder()
                .setName(analysis)
                .setExtendRetention(true)
                .build();
        return hear(() -> stub.getAnalysis(request));
    }

    private static AnalysisReply hear(Supplier<Analysis> call) {
        try {
            return AnalysisReportMapper.report(call.get());
        } catch (StatusRuntimeException e) {
            return unheard(e);
        } catch (IllegalArgumentException e) {
            return new AnalysisReply.Unavailable("it sent an analysis that cannot be used: " + e.getMessage());
        }
    }

    /** What it answers with a reason of its own it would answer again; the rest comes from the way to it, and may pass. */
    private static AnalysisReply unheard(StatusRuntimeException error) {
        if (RpcErrors.hasReason(error, ErrorReason.UNKNOWN_SERVICE)) {
            return new AnalysisReply.ServiceUnknown(CallFaults.description(error));
        }
        return RpcErrors.reason(error).isPresent() && CallFaults.isFinal(error)
                ? new AnalysisReply.Refused(CallFaults.description(error))
                : new AnalysisReply.Unavailable(CallFaults.inOneLine(error));
    }

    @Override
    public Optional<byte[]> record(String analysis) {
        var request = GetAnalysisRequest.newBuilder()
                .setName(analysis)
                .setIncludeRecord(true)
                .build();
        try {
            return Optional.of(stub.getAnalysis(request).getRecord())
                    .filter(record -> !record.isEmpty())
                    .map(ByteString::toByteArray);
        } catch (StatusRuntimeException e) {
            if (isGone(e)) {
                return Optional.empty();
            }
            throw new AnalysisUnavailableException(CallFaults.inOneLine(e));
        }
    }

    private static boolean isGone(StatusRuntimeException error) {
        return RpcErrors.hasReason(error, ErrorReason.ANALYSIS_NOT_FOUND)
                || RpcErrors.hasReason(error, ErrorReason.RECORD_EXPIRED);
    }

    @Override
    public void cancel(String analysis, String reason) {
        try {
            var answer = stub.cancelAnalysis(CancelAnalysisRequest.newBuilder()
                    .setName(analysis)
                    .setReason(FreeText.made(reason))
                    .build());
            LOG.debug("{} is {}", analysis, answer.getState());
        } catch (StatusRuntimeException e) {
            LOG.info(
                    "cancelling {} was answered by an error, so it may measure until its deadline: {}",
                    analysis,
                    CallFaults.inOneLine(e));
        }
    }
}
