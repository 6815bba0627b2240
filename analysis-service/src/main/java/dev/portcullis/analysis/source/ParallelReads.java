package dev.portcullis.analysis.source;

import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Exchanges made at the same time under one deadline, each on a virtual thread of its own and in the caller's trace. */
public final class ParallelReads {
    /** Reads one item. */
    @FunctionalInterface
    public interface Read<A, R, E extends Exception> {
        /** What was read; {@code E} when there is nothing that can be used. */
        R of(A item) throws E;
    }

    private ParallelReads() {}

    /**
     * Reads every item.
     *
     * @param <E> what a read may throw beside runtime exceptions
     * @param limit for all of them together; what is not done by then is interrupted. A request's own deadline ends with the head of the
     *     answer, so that this one is needed against bodies that trickle.
     * @return in the order of the items; empty for those that were too late
     * @throws E what a read threw; of several that of the first item
     */
    public static <A, R, E extends Exception> List<Optional<R>> of(List<A> items, Duration limit, Read<A, R, E> read)
            throws E {
        Context context = Context.current();
        List<Callable<R>> tasks =
                items.stream().map(item -> context.wrap(() -> read.of(item))).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Optional<R>> outcomes = new ArrayList<>();
            for (Future<R> done : threads.invokeAll(tasks, limit.toMillis(), TimeUnit.MILLISECONDS)) {
                outcomes.add(ParallelReads.<R, E>outcome(done));
            }
            return outcomes;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return items.stream().map(item -> Optional.<R>empty()).toList();
        }
    }

    /** A task throws what its read may throw, so that what is checked is an {@code E}. */
    @SuppressWarnings("unchecked")
    private static <R, E extends Exception> Optional<R> outcome(Future<R> done) throws E {
        return switch (done.state()) {
            case SUCCESS -> Optional.of(done.resultNow());
            case FAILED -> {
                Throwable failure = done.exceptionNow();
                if (failure instanceof RuntimeException || failure instanceof Error) {
                    throw new IllegalStateException("reading failed", failure);
                }
                throw (E) failure;
            }
            case CANCELLED, RUNNING -> Optional.empty();
        };
    }
}
