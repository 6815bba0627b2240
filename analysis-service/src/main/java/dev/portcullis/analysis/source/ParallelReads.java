package dev.portcullis.analysis.source;

import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Exchanges made at the same time under one deadline, each on a virtual thread of its own and in the caller's trace. */
public final class ParallelReads {
    private ParallelReads() {}

    /**
     * Reads every item.
     *
     * @param limit for all of them together; what is not done by then is interrupted. A request's own deadline ends with the head of the
     *     answer, so that this one is needed against bodies that trickle.
     * @return in the order of the items; empty for those that were too late
     */
    public static <A, R> List<Optional<R>> of(List<A> items, Duration limit, Function<A, R> read) {
        Context context = Context.current();
        List<Callable<R>> tasks =
                items.stream().map(item -> context.wrap(() -> read.apply(item))).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(tasks, limit.toMillis(), TimeUnit.MILLISECONDS).stream()
                    .map(ParallelReads::outcome)
                    .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return items.stream().map(item -> Optional.<R>empty()).toList();
        }
    }

    private static <R> Optional<R> outcome(Future<R> done) {
        return switch (done.state()) {
            case SUCCESS -> Optional.of(done.resultNow());
            case FAILED -> throw new IllegalStateException("reading failed", done.exceptionNow());
            case CANCELLED, RUNNING -> Optional.empty();
        };
    }
}
