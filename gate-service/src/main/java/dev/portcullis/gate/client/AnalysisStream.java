package dev.portcullis.gate.client;

import dev.portcullis.gate.analysis.AnalysisListener;
import dev.portcullis.gate.analysis.AnalysisReports;
import dev.portcullis.kit.lifecycle.BackgroundWork;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc.AnalysisServiceStub;
import dev.portcullis.proto.analysis.v1.WatchAnalysesRequest;
import io.grpc.Channel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The analyses of analysis-service as they change, over one stream that is opened again whenever it ends: after a quarter of a second, and after ever longer, up
 * to two seconds, while it cannot be had. Without it analysis-service is asked whenever something is to be known, and decisions come only later, with the review.
 */
public final class AnalysisStream implements BackgroundWork {
    private static final Logger LOG = LoggerFactory.getLogger(AnalysisStream.class);
    private static final Duration OPENING = Duration.ofSeconds(1);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    /** How current a stream is, is told from its call on by the other side's clock: in a minute two clocks drift apart by some milliseconds. */
    private static final Duration LONGEST = Duration.ofMinutes(1);
    /** For one that was late to begin with, as the first on a new connection is. */
    private static final Duration LATE = Duration.ofSeconds(1);
    /** A stream tells many times a second that it is current. */
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private final AnalysisServiceStub stub;
    private final AnalysisReports reports;
    private final AnalysisListener listener;
    /** Of the operating system, so that what is told does not wait behind the questions that wait for it. */
    private final ExecutorService hearing = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("analyses-heard").factory());

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private boolean missed;
    private boolean told;

    public AnalysisStream(Channel channel, AnalysisReports reports, AnalysisListener listener) {
        this.stub = AnalysisServiceGrpc.newStub(channel);
        this.reports = reports;
        this.listener = listener;
        this.thread = Thread.ofVirtual().name("analyses").unstarted(this::run);
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() {
        stopped.countDown();
        thread.interrupt();
        hearing.shutdown();
    }

    private void run() {
        try {
            var pause = FIRST_PAUSE;
            do {
                pause = follow() ? FIRST_PAUSE : longer(pause);
            } while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Follows the analyses over one stream after the other, each of which goes on where the last one was left, until one ends by a fault. What was known is forgotten then.
     *
     * @return whether there was a stream
     */
    private boolean follow() throws InterruptedException {
        var position = "";
        var any = false;
        try {
            while (true) {
                var subscription = new AnalysisSubscription(reports, listener, position);
                if (listen(subscription, position)) {
                    missed(subscription.fault());
                    return any || subscription.opened();
                }
                any = true;
                position = subscription.position();
            }
        } finally {
            reports.forget();
        }
    }

    /** @return whether it has ended by a fault, and is not only to be followed by the next */
    private boolean listen(AnalysisSubscription subscription, String position) throws InterruptedException {
        stub.withExecutor(hearing)
                .watchAnalyses(
                        WatchAnalysesRequest.newBuilder().setPosition(position).build(), subscription);
        try {
            if (!subscription.opensWithin(OPENING)) {
                return true;
            }
            opened();
            return subscription.endsWithin(subscription.isLate() ? LATE : LONGEST, SILENCE);
        } finally {
            subscription.leave();
        }
    }

    private void opened() {
        missed = false;
        if (!told) {
            told = true;
            LOG.info("analysis-service tells of its analyses as they change");
        }
    }

    private void missed(String fault) {
        if (!missed) {
            missed = true;
            told = false;
            LOG.warn(
                    "analysis-service does not tell of its analyses ({}); it is asked about each, and decisions wait for the review until it does",
                    fault);
        }
    }

    private static Duration longer(Duration pause) {
        var doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
}
