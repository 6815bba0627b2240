package dev.portcullis.rollback.targets.featureflag;

import dev.portcullis.kit.testing.StubHttpServer.Request;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A server that does not answer its n-th call until the end of the test. */
final class CallLoss {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger calls = new AtomicInteger();

    /** {@code carriedOut} says whether the lost call has its effect. */
    Function<Request, Response> lose(int nth, boolean carriedOut, Function<Request, Response> usual) {
        return request -> {
            var lost = calls.incrementAndGet() == nth;
            var answer = lost && !carriedOut ? Response.text(200, "") : usual.apply(request);
            if (lost) {
                await();
            }
            return answer;
        };
    }

    private void await() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void end() {
        ended.countDown();
    }
}
