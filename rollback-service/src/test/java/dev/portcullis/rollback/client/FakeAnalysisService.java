package dev.portcullis.rollback.client;

import com.google.rpc.Code;
import dev.portcullis.kit.rpc.Answers;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc.AnalysisServiceImplBase;
import dev.portcullis.proto.analysis.v1.CancelAnalysisRequest;
import dev.portcullis.proto.analysis.v1.ErrorReason;
import dev.portcullis.proto.analysis.v1.ListAnalysesRequest;
import dev.portcullis.proto.analysis.v1.ListAnalysesResponse;
import dev.portcullis.proto.analysis.v1.StartAnalysisRequest;
import dev.portcullis.proto.analysis.v1.Verdict;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** An analysis-service that keeps one analysis per request id and says of it what a test wants. */
final class FakeAnalysisService extends AnalysisServiceImplBase {
    final Map<String, Analysis> byRequest = new ConcurrentHashMap<>();
    final List<StartAnalysisRequest> starts = new CopyOnWriteArrayList<>();
    final List<Analysis> releases = new CopyOnWriteArrayList<>();
    final List<ListAnalysesRequest> lists = new CopyOnWriteArrayList<>();
    final List<CancelAnalysisRequest> cancels = new CopyOnWriteArrayList<>();
    private volatile UnaryOperator<Analysis.Builder> said = analysis -> analysis;

    /** From now on its analyses say this. */
    void say(UnaryOperator<Analysis.Builder> what) {
        said = what;
    }

    @Override
    public void startAnalysis(StartAnalysisRequest request, StreamObserver<Analysis> observer) {
        Answers.unary(observer, () -> {
            starts.add(request);
            if (!request.getService().equals("checkout")) {
                throw RpcErrors.error(
                        Code.NOT_FOUND,
                        ErrorReason.UNKNOWN_SERVICE,
                        "no ReleasePolicy for service '" + request.getService() + "'; known: checkout",
                        Map.of());
            }
            var began = byRequest.computeIfAbsent(request.getRequestId(), id -> began(request));
            return said.apply(began.toBuilder()).build();
        });
    }

    private static Analysis began(StartAnalysisRequest request) {
        return Analysis.newBuilder()
                .setName("analyses/" + UUID.randomUUID())
                .setPurpose(request.hasRecovery() ? Analysis.Purpose.RECOVERY : Analysis.Purpose.RELEASE)
                .setState(Analysis.State.RUNNING)
                .setVerdict(Verdict.CONTINUE)
                .setExplanation("Not decided after 30 s (1 window).")
                .build();
    }

    @Override
    public void listAnalyses(ListAnalysesRequest request, StreamObserver<ListAnalysesResponse> observer) {
        Answers.unary(observer, () -> {
            lists.add(request);
            return ListAnalysesResponse.newBuilder().addAllAnalyses(releases).build();
        });
    }

    @Override
    public void cancelAnalysis(CancelAnalysisRequest request, StreamObserver<Analysis> observer) {
        Answers.unary(observer, () -> {
            cancels.add(request);
            return Analysis.newBuilder()
                    .setName(request.getName())
                    .setState(Analysis.State.CANCELLED)
                    .build();
        });
    }
}
