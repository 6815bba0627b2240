package dev.portcullis.gate.client;

import dev.portcullis.gate.analysis.AnalysisListener;
import dev.portcullis.gate.analysis.AnalysisReport;
import dev.portcullis.gate.analysis.AnalysisReports;
import dev.portcullis.kit.client.CallFaults;
import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.proto.analysis.v1.WatchAnalysesRequest;
import dev.portcullis.proto.analysis.v1.WatchAnalysesResponse;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One stream of analyses, from its call to its end. The call's threads fill it, another one waits for it. */
final class AnalysisSubscription implements ClientResponseObserver<WatchAnalysesRequest, WatchAnalysesResponse> {
    private static final Logger LOG = LoggerFactory.getLogger(AnalysisSubscription.class);

    private static final Duration PROMPT = Duration.ofMillis(50);

    private final AnalysisReports reports;
    private final AnalysisListener listener;
    private final long called;
    private final CountDownLatch answered = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable ClientCallStreamObserver<WatchAnalysesRequest> call;
    private volatile boolean opened;
    private volatile boolean left;
    private volatile String fault = "it ended the stream";
    private volatile String position;
    private volatile long heard;
    private volatile boolean late;

    /** @param position where the last stream had come to; empty = none */
    AnalysisSubscription(AnalysisReports reports, AnalysisListener listener, String position) {
        this.reports = reports;
        this.listener = listener;
        this.position = position;
        this.called = System.nanoTime();
        this.heard = called;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchAnalysesRequest> toCall) {
        call = toCall;
    }

    @Override
    public synchronized void onNext(WatchAnalysesResponse message) {
        if (left) {
            // The next stream tells it again, and is the one that says how current it is.
            return;
        }
        heard = System.nanoTime();
        take(message);
        opened = true;
        answered.countDown();
    }

    private void take(WatchAnalysesResponse message) {
        if (message.getAnalysesCount() > 0 || message.getLostCount() > 0) {
            List<AnalysisReport> read = new ArrayList<>();
            Set<String> lost = new HashSet<>(message.getLostList());
            for (var analysis : message.getAnalysesList()) {
                try {
                    read.add(AnalysisReportMapper.report(analysis));
                } catch (IllegalArgumentException e) {
                    LOG.debug("{} is asked for when it is needed: {}", analysis.getName(), e.getMessage());
                    lost.add(analysis.getName());
                }
            }
            var turned = reports.tell(read, lost);
            if (!turned.isEmpty()) {
                listener.turned(turned);
            }
        }
        if (!message.getPosition().isEmpty()) {
            position = message.getPosition();
            var looked = called + ProtoTimes.duration(message.getElapsed()).toNanos();
            if (!opened) {
                late = heard - looked > PROMPT.toNanos();
            }
            reports.currentAsOf(looked);
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
            fault = "no answer in " + limit.toMillis() + " ms";
            leave();
        }
        return opened;
    }

    /**
     * Waits for the end.
     *
     * @param longest no longer than this
     * @param silence nor longer than nothing is heard for this time
     * @return whether it has ended
     */
    boolean endsWithin(Duration longest, Duration silence) throws InterruptedException {
        var last = System.nanoTime() + longest.toNanos();
        while (true) {
            var now = System.nanoTime();
            var wait = Math.min(last - now, heard + silence.toNanos() - now);
            if (ended.await(Math.max(0, wait), TimeUnit.NANOSECONDS)) {
                return true;
            }
            if (wait <= 0) {
                return false;
            }
        }
    }

    /** Whether anything was heard of it. */
    boolean opened() {
        return opened;
    }

    /** Whether the call took so long to get there that what is heard always seems older than it is. */
    boolean isLate() {
        return late;
    }

    /** Why it has ended, one line. */
    String fault() {
        return fault;
    }

    /** Where the next stream may go on; empty when none was told. */
    String position() {
        return position;
    }

    /** Ends it from this side, and hears nothing more of it; nothing when it has ended. */
    synchronized void leave() {
        left = true;
        var started = call;
        if (started != null) {
            started.cancel("the gate leaves", null);
        }
    }
}
