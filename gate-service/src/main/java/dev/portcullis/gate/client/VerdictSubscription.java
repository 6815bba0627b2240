package dev.portcullis.gate.client;

import dev.portcullis.gate.analysis.VerdictChange;
import dev.portcullis.gate.analysis.VerdictListener;
import dev.portcullis.kit.client.CallFaults;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.analysis.v1.WatchVerdictsRequest;
import dev.portcullis.proto.analysis.v1.WatchVerdictsResponse;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One stream of verdicts, from its call to its end. The call's threads fill it, another one waits for it. */
final class VerdictSubscription implements ClientResponseObserver<WatchVerdictsRequest, WatchVerdictsResponse> {
    private final VerdictListener listener;
    private final CountDownLatch answered = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable ClientCallStreamObserver<WatchVerdictsRequest> call;
    private volatile boolean opened;
    private volatile String fault = "it ended the stream";

    VerdictSubscription(VerdictListener listener) {
        this.listener = listener;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchVerdictsRequest> toCall) {
        call = toCall;
    }

    @Override
    public void onNext(WatchVerdictsResponse message) {
        opened = true;
        answered.countDown();
        if (message.getChangesCount() > 0) {
            listener.changed(message.getChangesList().stream()
                    .map(change -> new VerdictChange(change.getAnalysis(), change.getVerdict() == Verdict.FAIL))
                    .toList());
        }
    }

    @Override
    public void onError(Throwable error) {
        fault = error instanceof StatusRuntimeException status ? CallFaults.inOneLine(status) : String.valueOf(error);
        onCompleted();
    }

    @Override
    public void onCompleted() {
        ended.countDown();
        answered.countDown();
    }

    /**
     * Waits until it is known whether the stream is open.
     *
     * @return false when it is not, or not in time; then it has been given up
     */
    boolean opensWithin(Duration limit) throws InterruptedException {
        if (!answered.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            cancel("no answer in time");
        }
        return opened;
    }

    /** Waits for the end and answers why it came, one line. */
    String awaitEnd() throws InterruptedException {
        ended.await();
        return fault;
    }

    /** Ends it from this side; nothing when it has ended. */
    void cancel(String why) {
        var started = call;
        if (started != null) {
            started.cancel(why, null);
        }
    }
}
