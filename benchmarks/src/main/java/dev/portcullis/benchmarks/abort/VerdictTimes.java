package dev.portcullis.benchmarks.abort;

import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.analysis.v1.WatchVerdictsRequest;
import dev.portcullis.proto.analysis.v1.WatchVerdictsResponse;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** When FAIL verdicts were stored, as a stream of analysis-service tells it. Thread-safe. */
final class VerdictTimes implements StreamObserver<WatchVerdictsResponse> {
    private final Map<String, Instant> failed = new ConcurrentHashMap<>();

    /** Begins to listen. */
    static VerdictTimes of(Channel analysis) {
        var heard = new VerdictTimes();
        AnalysisServiceGrpc.newStub(analysis).watchVerdicts(WatchVerdictsRequest.getDefaultInstance(), heard);
        return heard;
    }

    @Override
    public void onNext(WatchVerdictsResponse message) {
        for (var change : message.getChangesList()) {
            if (change.getVerdict() == Verdict.FAIL) {
                failed.put(change.getAnalysis(), ProtoTimes.instant(change.getChangeTime()));
            }
        }
    }

    /** What it has not told by then is missed by {@link #stored}. */
    @Override
    public void onError(Throwable error) {}

    @Override
    public void onCompleted() {}

    /** @throws IOException when the stream has not told it */
    Instant stored(String analysis) throws IOException {
        var time = failed.get(analysis);
        if (time == null) {
            throw new IOException("the stream of verdicts did not tell the FAIL of " + analysis);
        }
        return time;
    }
}
