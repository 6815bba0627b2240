package dev.portcullis.benchmarks.load;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Questions at moments that are fixed beforehand, one every so often, however long the answers take. The next free client takes the next moment; where all are busy
 * until after it, the question is late, and its latency counts from that moment all the same. Measured is what was due in the measured time, whenever the answer came.
 */
final class FixedRate implements Schedule {
    private static final double NANOS_PER_SECOND = 1e9;

    private final int perSecond;
    private final Phases phases;
    private final LongSupplier nanos;
    private final LongConsumer sleep;
    private final AtomicLong taken = new AtomicLong();

    /** @param perSecond questions, 1 or more */
    FixedRate(int perSecond, Phases phases) {
        this(perSecond, phases, System::nanoTime, LockSupport::parkNanos);
    }

    /**
     * With a clock of its own.
     *
     * @param sleep may return early
     */
    FixedRate(int perSecond, Phases phases, LongSupplier nanos, LongConsumer sleep) {
        this.perSecond = perSecond;
        this.phases = phases;
        this.nanos = nanos;
        this.sleep = sleep;
    }

    @Override
    public OptionalLong next() throws InterruptedException {
        var due = phases.start() + Math.round(taken.getAndIncrement() * NANOS_PER_SECOND / perSecond);
        if (phases.isOver(due)) {
            return OptionalLong.empty();
        }
        for (var left = due - nanos.getAsLong(); left > 0; left = due - nanos.getAsLong()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            sleep.accept(left);
        }
        return OptionalLong.of(due);
    }

    @Override
    public boolean counts(long asked, long answered) {
        return !phases.isWarmUp(asked);
    }
}
