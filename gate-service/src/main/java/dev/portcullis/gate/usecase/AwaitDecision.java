package dev.portcullis.gate.usecase;

import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.policy.Policies;
import dev.portcullis.gate.release.GateRequest;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.ReleaseMemory;
import dev.portcullis.gate.release.ReleaseNotFoundException;
import dev.portcullis.gate.trace.Traces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the answer to a question to become what its caller waits for, without a thread per wait. Who waits is woken when something of the rollout changes, whoever
 * changed it; the database is asked again and again, once a second, only while its feed is cut, and about what it does not feed. Thread-safe.
 *
 * <p>Once a question is about a release it stays about that one: when it ends meanwhile, that is the answer, and no new run begins.
 */
public final class AwaitDecision {
    private static final Duration EVERY = Duration.ofSeconds(1);

    /** Below the size of the connection pool, which questions that wait for nothing need too. */
    private static final int AT_ONCE = 6;

    private final EvaluateGate gate;
    private final ReleaseMemory memory;
    private final Policies policies;
    private final Traces traces;
    private final Executor background;
    private final Schedule schedule;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private final Semaphore permits = new Semaphore(AT_ONCE, true);
    private final Set<Wait> open = ConcurrentHashMap.newKeySet();
    /** Those who wait for the next look at a question, of which one is under way. */
    private final Map<GateRequest, List<Wait>> woken = new HashMap<>();

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
     * @param patience how long an ABORT waits for its rollback, so that it can name it: as long as a question that is asked once may take
     * @param nanoTime a clock that only goes forward, in nanoseconds
     */
    public AwaitDecision(
            EvaluateGate gate,
            ReleaseMemory memory,
            Policies policies,
            Traces traces,
            Executor background,
            Schedule schedule,
            Duration patience,
            LongSupplier nanoTime) {
        this.gate = gate;
        this.memory = memory;
        this.policies = policies;
        this.traces = traces;
        this.background = background;
        this.schedule = schedule;
        this.patience = patience;
        this.nanoTime = nanoTime;
    }

    /**
     * Asks, and asks again until an answer is wanted. What memory has is answered at once, by the calling thread.
     *
     * @param until whether an answer is wanted; does not block. An ABORT that is wanted waits for the name of its rollback, for as long as the gate has patience
     * @param limit how long to wait at most, from the arrival of the question; zero asks once
     * @param arrived when the question arrived, in {@link System#nanoTime()}
     * @return completes with the wanted answer, or with the latest one when the limit is reached or the service stops. Exceptionally only by
     *     {@link InvalidFieldException} and {@link ReleaseNotFoundException}, as {@link EvaluateGate#evaluate(GateRequest, long)} throws them. Cancelling it ends the wait
     */
    public CompletableFuture<Evaluation> await(
            GateRequest request, Predicate<Evaluation> until, Duration limit, long arrived) {
        var wait = new Wait(request, until, arrived + limit.toNanos());
        wait.begin(arrived);
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

    /**
     * Looks where things are kept, in one look for all that wait for the same answer: a thousand that are woken by one change are no thousand looks. Who is woken while
     * one is under way, which may have read before the change, is answered by the next.
     */
    private void lookTogether(Wait first) {
        var question = first.request;
        synchronized (woken) {
            @Nullable List<Wait> next = woken.get(question);
            if (next != null) {
                next.add(first);
                return;
            }
            woken.put(question, new ArrayList<>());
        }
        List<Wait> together = List.of(first);
        while (!together.isEmpty()) {
            var asked = nanoTime.getAsLong();
            var decided = decided(question, together.getFirst().traceparent, asked);
            together.forEach(wait -> background.execute(() -> wait.take(decided, asked)));
            synchronized (woken) {
                together = Objects.requireNonNull(woken.remove(question));
                if (!together.isEmpty()) {
                    woken.put(question, new ArrayList<>());
                }
            }
        }
    }

    /** Returns when there is an answer, or when it is too late for one. */
    private CompletableFuture<Evaluation> decided(GateRequest question, String traceparent, long asked) {
        permits.acquireUninterruptibly();
        try {
            return traces.continuing(traceparent, "ask again", () -> gate.deciding(question, asked));
        } finally {
            permits.release();
        }
    }

    /** What a wait is doing. */
    private enum Activity {
        /** It waits to be woken. */
        NONE,
        /** It looks. */
        LOOKING,
        /** It looks, and has been woken meanwhile. */
        WOKEN
    }

    private final class Wait {
        private final Predicate<Evaluation> until;
        /** Comes nearer once all is decided and only the name of the rollback is waited for. */
        private final AtomicLong end;

        private final String traceparent = traces.traceparent();
        private final CompletableFuture<Evaluation> answer = new CompletableFuture<>();
        private final AtomicReference<Activity> activity = new AtomicReference<>(Activity.LOOKING);
        private volatile GateRequest request;
        private volatile @Nullable Evaluation latest;

        /** What was too late for the latest look, and opens a release perhaps: to ask anew could open another. */
        private volatile @Nullable CompletableFuture<Evaluation> late;

        Wait(GateRequest request, Predicate<Evaluation> until, long end) {
            this.request = request;
            this.until = until;
            this.end = new AtomicLong(end);
        }

        /** Listens first and looks then, so that no change falls in between. */
        void begin(long arrived) {
            open.add(this);
            var deaf = memory.listen(request.key().ofRollout(), this::wake);
            answer.whenComplete((evaluation, fault) -> {
                open.remove(this);
                deaf.run();
            });
            if (lookInMemory()) {
                rest();
            } else {
                background.execute(() -> take(gate.deciding(request, arrived), arrived));
            }
            later();
        }

        /** Something may have changed. */
        private void wake() {
            var before = activity.getAndUpdate(now -> now == Activity.NONE ? Activity.LOOKING : Activity.WOKEN);
            if (before == Activity.NONE) {
                background.execute(this::lookAgain);
            }
        }

        private void lookAgain() {
            var begun = late;
            if (begun != null) {
                take(begun, nanoTime.getAsLong());
            } else if (lookInMemory()) {
                rest();
            } else {
                lookTogether(this);
            }
        }

        /** Waits to be woken, unless it has been meanwhile. */
        private void rest() {
            if (!answer.isDone() && !activity.compareAndSet(Activity.LOOKING, Activity.NONE)) {
                activity.set(Activity.LOOKING);
                background.execute(this::lookAgain);
            }
        }

        /** @return whether there is no need to look anywhere else */
        private boolean lookInMemory() {
            return look(() -> gate.known(request));
        }

        /** Takes up what a look has found that began after this wait was woken, or that was late. */
        private void take(CompletableFuture<Evaluation> decided, long asked) {
            look(() -> {
                var evaluation = gate.look(request, decided, asked);
                late = decided.isDone() ? null : decided;
                return Optional.of(evaluation);
            });
            rest();
        }

        private boolean look(Supplier<Optional<Evaluation>> where) {
            if (answer.isDone()) {
                return true;
            }
            try {
                var evaluation = where.get();
                evaluation.ifPresent(this::heard);
                return evaluation.isPresent();
            } catch (InvalidFieldException | ReleaseNotFoundException e) {
                answer.completeExceptionally(e);
            } catch (RuntimeException | Error e) {
                latest = EvaluateGate.failed("the wait for " + request.key().shown(), e);
                end();
            }
            return true;
        }

        private void heard(Evaluation evaluation) {
            evaluation.release().ifPresent(release -> request = request.about(release.id()));
            latest = evaluation;
            var wanted = until.test(evaluation);
            if (wanted && evaluation.rollbackPending()) {
                var soon = nanoTime.getAsLong() + patience.toNanos();
                end.accumulateAndGet(soon, (known, other) -> known - other < 0 ? known : other);
                wanted = false;
            }
            if (wanted || stopped || left() <= 0) {
                end();
            }
        }

        private void tick() {
            if (!answer.isDone() && isUntold()) {
                wake();
            }
            later();
        }

        /** At the limit a last look ends it, also when that has come since the latest. */
        private void later() {
            if (answer.isDone()) {
                return;
            }
            var left = Duration.ofNanos(left());
            if (left.isPositive()) {
                schedule.after(left.compareTo(EVERY) < 0 ? left : EVERY, this::tick);
            } else {
                wake();
            }
        }

        private long left() {
            return end.get() - nanoTime.getAsLong();
        }

        /** Whether a change would not be told just now: the feed is cut, or does not tell of what the answer goes by. */
        private boolean isUntold() {
            var known = latest;
            if (known == null || !memory.isCurrent()) {
                return true;
            }
            if (known.release().isPresent()) {
                return false;
            }
            return !known.decision().reasons().contains(DecisionReason.UNKNOWN_SERVICE)
                    || policies.find(request.key().service()).isPresent();
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
