package dev.portcullis.gate.client;

import dev.portcullis.gate.analysis.AnalysisUnavailableException;
import dev.portcullis.gate.evidence.AnalysisDetail;
import dev.portcullis.gate.evidence.AnalysisDetails;
import dev.portcullis.kit.client.CallFaults;
import dev.portcullis.kit.client.Downstream;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc.AnalysisServiceBlockingStub;
import dev.portcullis.proto.analysis.v1.ErrorReason;
import dev.portcullis.proto.analysis.v1.GetAnalysisRequest;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The analyses of analysis-service as people look at them, over gRPC. Thread-safe. */
public final class GrpcAnalysisDetails implements AnalysisDetails {
    /** A person waits for it; computing the bounds of a long analysis takes a part of a second. */
    private static final Duration DEADLINE = Duration.ofSeconds(3);

    private final AnalysisServiceBlockingStub stub;

    /** @param channel by {@link #downstream} */
    public GrpcAnalysisDetails(Channel channel) {
        this.stub = AnalysisServiceGrpc.newBlockingStub(channel);
    }

    /** analysis-service as people look at it; with a circuit breaker of its own, so that nobody's look holds a decision back. */
    public static Downstream downstream(String address) {
        return new Downstream(
                "analysis-detail", address, DEADLINE, AnalysisServiceGrpc.SERVICE_NAME, Set.of("GetAnalysis"));
    }

    @Override
    public Optional<AnalysisDetail> read(String analysis) {
        var request = GetAnalysisRequest.newBuilder()
                .setName(analysis)
                .setIncludeBounds(true)
                .setIncludeHistory(true)
                .build();
        try {
            return Optional.of(AnalysisDetailMapper.detail(stub.getAnalysis(request)));
        } catch (StatusRuntimeException e) {
            if (RpcErrors.hasReason(e, ErrorReason.ANALYSIS_NOT_FOUND)
                    || RpcErrors.hasReason(e, ErrorReason.RECORD_EXPIRED)) {
                return Optional.empty();
            }
            throw new AnalysisUnavailableException(CallFaults.inOneLine(e));
        } catch (IllegalArgumentException e) {
            throw new AnalysisUnavailableException("it sent an analysis that cannot be used: " + e.getMessage());
        }
    }
}
