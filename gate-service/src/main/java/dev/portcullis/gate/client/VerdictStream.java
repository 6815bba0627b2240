package dev.portcullis.gate.client;

import dev.portcullis.gate.analysis.VerdictListener;
import dev.portcullis.kit.lifecycle.BackgroundWork;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc.AnalysisServiceStub;
import dev.portcullis.proto.analysis.v1.WatchVerdictsRequest;
import io.grpc.Channel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The verdicts of analysis-service as they change, over one stream that is opened again whenever it ends: after a quarter of a second, and after ever longer, up
 * to two seconds, while it cannot be had. Without it decisions come only later, with the review.
 */
public final class VerdictStream implements BackgroundWork {
    private static final Logger LOG = LoggerFactory.getLogger(VerdictStream.class);
    private static final Duration OPENING = Duration.ofSeconds(1);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final AnalysisServiceStub stub;
    private final VerdictListener listener;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private boolean missed;

    public VerdictStream(Channel channel, VerdictListener listener) {
        this.stub = AnalysisServiceGrpc.newStub(channel);
        this.listener = listener;
        this.thread = Thread.ofVirtual().name("verdicts").unstarted(this::run);
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() {
        stopped.countDown();
        thread.interrupt();
    }

    private void run() {
        try {
            var pause = FIRST_PAUSE;
            do {
                pause = listen() ? FIRST_PAUSE : longer(pause);
            } while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether there was a stream */
    private boolean listen() throws InterruptedException {
        var subscription = new VerdictSubscription(listener);
        stub.watchVerdicts(WatchVerdictsRequest.getDefaultInstance(), subscription);
        try {
            var opened = subscription.opensWithin(OPENING);
            if (opened) {
                missed = false;
                LOG.info("analysis-service tells its verdicts as they change");
            }
            missed(subscription.awaitEnd());
            return opened;
        } finally {
            subscription.cancel("the gate stops");
        }
    }

    private void missed(String fault) {
        if (!missed) {
            missed = true;
            LOG.warn("analysis-service tells no verdicts ({}); decisions wait for the review until it does", fault);
        }
    }

    private static Duration longer(Duration pause) {
        var doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
}
