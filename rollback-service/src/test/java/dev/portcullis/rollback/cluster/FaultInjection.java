package dev.portcullis.rollback.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/** What a {@link KubeServer} is told to do to coming requests; each is done once, to the first request it fits. Thread-safe. */
final class FaultInjection implements AutoCloseable {
    /** What the request asks for. */
    interface Work {
        KubeAnswer carryOut();
    }

    /** What happens to one request. */
    interface Handling {
        /** The answer; empty when the connection is cut instead. */
        Optional<KubeAnswer> answer(Work work);
    }

    private record PlannedFault(Predicate<KubeRequest> which, Handling handling) {}

    record Fail(int status, Map<String, String> headers) implements Handling {
        @Override
        public Optional<KubeAnswer> answer(Work work) {
            return Optional.of(KubeAnswer.fault(status, "told to fail", headers));
        }
    }

    record Cut(FaultMoment moment) implements Handling {
        @Override
        public Optional<KubeAnswer> answer(Work work) {
            if (moment == FaultMoment.AFTER) {
                work.carryOut();
            }
            return Optional.empty();
        }
    }

    record Stall() implements Handling {
        @Override
        public Optional<KubeAnswer> answer(Work work) {
            return Optional.of(work.carryOut().headOnly());
        }
    }

    record Hold(HeldRequest held) implements Handling {
        @Override
        public Optional<KubeAnswer> answer(Work work) {
            held.hold();
            return Optional.of(work.carryOut());
        }
    }

    /** Until the server is closed. */
    record Hang(FaultMoment moment) {}

    private final List<PlannedFault> planned = new ArrayList<>();
    private final List<HeldRequest> held = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    synchronized void add(Predicate<KubeRequest> which, Handling handling) {
        planned.add(new PlannedFault(which, handling));
        if (handling instanceof Hold hold) {
            held.add(hold.held());
        }
    }

    void add(Predicate<KubeRequest> which, Hang hang) {
        add(which, work -> {
            if (hang.moment() == FaultMoment.AFTER) {
                work.carryOut();
            }
            awaitClose();
            return Optional.empty();
        });
    }

    void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized Handling next(KubeRequest request) {
        for (var plan : planned) {
            if (plan.which().test(request)) {
                planned.remove(plan);
                return plan.handling();
            }
        }
        return work -> Optional.of(work.carryOut());
    }

    @Override
    public synchronized void close() {
        closed.countDown();
        held.forEach(HeldRequest::release);
    }
}
