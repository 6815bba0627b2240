package dev.portcullis.rollback;

import dev.portcullis.kit.rpc.Answers;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc.AnalysisServiceImplBase;
import dev.portcullis.proto.analysis.v1.StartAnalysisRequest;
import dev.portcullis.proto.analysis.v1.Verdict;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** An analysis-service to which one revision alone has requests: that one has recovered, and of any other nothing can be told. Thread-safe. */
final class FakeRecoveryService extends AnalysisServiceImplBase {
    private final String served;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    FakeRecoveryService(String served) {
        this.served = served;
    }

    /** The revisions that were asked for, each once, in order. */
    List<String> asked() {
        return asked.stream().distinct().toList();
    }

    @Override
    public void startAnalysis(StartAnalysisRequest request, StreamObserver<Analysis> observer) {
        Answers.unary(observer, () -> {
            asked.add(request.getCanary());
            var serves = request.getCanary().equals(served);
            return Analysis.newBuilder()
                    .setName("analyses/" + UUID.randomUUID())
                    .setPurpose(Analysis.Purpose.RECOVERY)
                    .setState(serves ? Analysis.State.CONCLUDED : Analysis.State.RUNNING)
                    .setVerdict(serves ? Verdict.PASS : Verdict.CONTINUE)
                    .setExplanation(serves ? "Recovered: 3 of 40,000 requests failed" : "it has served no request")
                    .build();
        });
    }
}
