package dev.portcullis.gate.usecase;

import dev.portcullis.gate.release.GateRequest;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.ReleaseNotFoundException;
import dev.portcullis.gate.trace.Traces;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the answer to a question to become what its caller waits for, without a thread per wait: the question is asked again every second. Thread-safe.
 *
 * <p>Once a question is about a release it stays about that one: when it ends meanwhile, that is the answer, and no new run begins.
 */
public final class AwaitDecision {
    private static final Duration EVERY = Duration.ofSeconds(1);

    /** Below the size of the connection pool, which questions that wait for nothing need too. */
    private static final int AT_ONCE = 6;

    private final EvaluateGate gate;
    private final Traces traces;
    private final Executor background;
    private final Schedule schedule;
    private final LongSupplier nanoTime;
    private final Semaphore permits = new Semaphore(AT_ONCE, true);
    private final Set<Wait> open = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /** Runs a task once, after a delay. Thread-safe. */
    public interface Schedule {
        /** Returns at once; the task runs on any thread, and may hold it up for a moment only. */
        void after(Duration delay, Runnable task);
    }

    /**
     * Made once per process.
     *
     * @param background a thread per task; keeps the trace
     * @param nanoTime a clock that only goes forward, in nanoseconds
     */
    public AwaitDecision(
            EvaluateGate gate, Traces traces, Executor background, Schedule schedule, LongSupplier nanoTime) {
        this.gate = gate;
        this.traces = traces;
        this.background = background;
        this.schedule = schedule;
        this.nanoTime = nanoTime;
    }

    /**
     * Asks, and asks again until an answer is wanted.
     *
     * @param until whether an answer is wanted; does not block
     * @param limit how long to wait at most, from the arrival of the question; zero asks once
     * @param arrived when the question arrived, in {@link System#nanoTime()}
     * @return completes with the wanted answer, or with the latest one when the limit is reached or the service stops. Exceptionally only by
     *     {@link InvalidFieldException} and {@link ReleaseNotFoundException}, as {@link EvaluateGate#evaluate(GateRequest, long)} throws them. Cancelling it ends the wait
     */
    public CompletableFuture<Evaluation> await(
            GateRequest request, Predicate<Evaluation> until, Duration limit, long arrived) {
        var wait = new Wait(request, until, arrived + limit.toNanos());
        open.add(wait);
        wait.answer.whenComplete((evaluation, fault) -> open.remove(wait));
        background.execute(() -> wait.look(arrived));
        return wait.answer;
    }

    /** How many waits are open. */
    public int open() {
        return open.size();
    }

    /** Ends every wait with its latest answer; a later one asks once. */
    public void stop() {
        stopped = true;
        open.forEach(Wait::end);
    }

    private final class Wait {
        private final Predicate<Evaluation> until;
        private final long end;
        private final String traceparent = traces.traceparent();
        private final CompletableFuture<Evaluation> answer = new CompletableFuture<>();
        private volatile GateRequest request;
        private volatile @Nullable Evaluation latest;

        Wait(GateRequest request, Predicate<Evaluation> until, long end) {
            this.request = request;
            this.until = until;
            this.end = end;
        }

        void look(long asked) {
            if (answer.isDone()) {
                return;
            }
            try {
                heard(gate.look(request, asked));
            } catch (InvalidFieldException | ReleaseNotFoundException e) {
                answer.completeExceptionally(e);
            } catch (RuntimeException | Error e) {
                heardLast(EvaluateGate.failed("the wait for " + request.key().shown(), e));
            }
        }

        private void again() {
            permits.acquireUninterruptibly();
            try {
                traces.continuing(traceparent, "ask again", () -> {
                    look(nanoTime.getAsLong());
                    return answer.isDone();
                });
            } finally {
                permits.release();
            }
        }

        private void heard(Evaluation evaluation) {
            evaluation.release().ifPresent(release -> request = request.about(release.id()));
            latest = evaluation;
            var left = Duration.ofNanos(end - nanoTime.getAsLong());
            if (until.test(evaluation) || stopped || !left.isPositive()) {
                end();
            } else {
                var next = left.compareTo(EVERY) < 0 ? left : EVERY;
                schedule.after(next, () -> background.execute(this::again));
            }
        }

        private void heardLast(Evaluation evaluation) {
            latest = evaluation;
            end();
        }

        /** The answer as far as it is known; without any, the look under way brings it. */
        void end() {
            var known = latest;
            if (known != null && answer.complete(known)) {
                gate.told(known);
            }
        }
    }
}
