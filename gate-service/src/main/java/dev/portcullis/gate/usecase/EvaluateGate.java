package dev.portcullis.gate.usecase;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.feed.NotInMemoryException;
import dev.portcullis.gate.release.GateRequest;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.ReleaseEvents;
import dev.portcullis.gate.release.ReleaseNotFoundException;
import dev.portcullis.gate.release.StoreUnavailableException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers whether a canary may go on, within a limit from the question's arrival and whatever happens: what cannot be found out in time, or fails by any fault at
 * all, is a HOLD that says so. What has begun then goes on, and the next question hears of it. Thread-safe.
 */
public final class EvaluateGate {
    private static final Duration TOGETHER = Duration.ofMillis(100);

    private static final Logger LOG = LoggerFactory.getLogger(EvaluateGate.class);

    private final Function<GateRequest, Optional<Evaluation>> known;
    private final Function<GateRequest, Evaluation> decide;
    private final Executor background;
    private final Duration longest;
    private final ReleaseEvents events;
    private final LongSupplier nanoTime;
    private final LongSupplier writes;
    private final Map<GateRequest, Asked> asked = new ConcurrentHashMap<>();

    /**
     * Made once per process.
     *
     * @param memory the rules over what is in memory: whatever is not there, or has to be opened, recorded or asked for, is a {@link NotInMemoryException}. Never blocks
     * @param question the same rules over where things are kept, so that both answer the same
     * @param writes rises with whatever this process writes
     * @param background a thread per task; keeps the trace
     * @param longest from the arrival of a question to its answer; callers give up some time later, and take no answer for an error
     */
    public EvaluateGate(
            AnswerQuestion memory,
            AnswerQuestion question,
            LongSupplier writes,
            Executor background,
            ReleaseEvents events,
            Duration longest) {
        this(
                request -> answered(memory, request),
                question::answer,
                writes,
                background,
                events,
                longest,
                System::nanoTime);
    }

    private static Optional<Evaluation> answered(AnswerQuestion memory, GateRequest request) {
        try {
            return Optional.of(memory.answer(request));
        } catch (NotInMemoryException e) {
            return Optional.empty();
        }
    }

    EvaluateGate(
            Function<GateRequest, Optional<Evaluation>> known,
            Function<GateRequest, Evaluation> decide,
            LongSupplier writes,
            Executor background,
            ReleaseEvents events,
            Duration longest,
            LongSupplier nanoTime) {
        this.known = known;
        this.decide = decide;
        this.writes = writes;
        this.background = background;
        this.events = events;
        this.longest = longest;
        this.nanoTime = nanoTime;
    }

    /**
     * Answers a question that is yet to be read, and never blocks: what memory has is answered at once, anything else is found out in the background.
     *
     * @param arrived when the question arrived, in {@link System#nanoTime()}
     * @return completes in time; exceptionally only by an {@link InvalidFieldException}, when it is not legal, or contradicts the release it is about
     */
    public CompletableFuture<Evaluation> begin(Supplier<GateRequest> question, long arrived) {
        try {
            var request = question.get();
            var answer = known(request);
            return answer.isPresent()
                    ? CompletableFuture.completedFuture(told(answer.get()))
                    : shared(request, arrived);
        } catch (InvalidFieldException | ReleaseNotFoundException e) {
            return CompletableFuture.failedFuture(e);
        } catch (RuntimeException | Error e) {
            return CompletableFuture.completedFuture(unread(e));
        }
    }

    /** The answer to a question that could not be read, or not passed on, by a fault of the gate itself or of its store: a HOLD. */
    public Evaluation unread(Throwable fault) {
        return told(failed("a question", fault));
    }

    /** The answer to a question of a caller who asks too often, and takes a refusal for an error: a HOLD, for which nothing is looked for. */
    public Evaluation unasked() {
        return told(
                Evaluation.unrecorded(
                        Decision.hold(
                                DecisionReason.TOO_MANY_CALLS,
                                "the caller makes more calls in a second than are served (PORTCULLIS_CALL_RATE), so nothing was looked for; ask again")));
    }

    /**
     * Whoever asks the same shortly after another gets his answer, so that a burst of polls is one look into the database; but not when something was written here in
     * between, which every later answer has to know of.
     */
    private CompletableFuture<Evaluation> shared(GateRequest request, long arrived) {
        var written = writes.getAsLong();
        var other = asked.get(request);
        if (other != null && arrived - other.begun() < TOGETHER.toNanos() && other.written() == written) {
            return other.answer().copy();
        }
        var answer = CompletableFuture.supplyAsync(() -> told(asAsked(request, ask(request, arrived))), background);
        var mine = new Asked(nanoTime.getAsLong(), written, answer);
        asked.put(request, mine);
        answer.whenComplete((evaluation, fault) -> asked.remove(request, mine));
        return answer.copy();
    }

    /**
     * A question that is being answered.
     *
     * @param written what this process had written before
     */
    private record Asked(long begun, long written, CompletableFuture<Evaluation> answer) {}

    /**
     * Answers a question. One that arrived longer ago than there is time is begun all the same, so that the next one hears of it.
     *
     * @param arrived when the question arrived, in {@link System#nanoTime()}
     * @throws InvalidFieldException when the question contradicts the release it is about
     * @throws ReleaseNotFoundException when it names a release, and there is none of that id
     */
    public Evaluation evaluate(GateRequest request, long arrived) {
        try {
            return told(known(request).orElseGet(() -> asAsked(request, ask(request, arrived))));
        } catch (InvalidFieldException | ReleaseNotFoundException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            return told(asAsked(
                    request, failed("the question about " + request.key().shown(), e)));
        }
    }

    /**
     * As {@link #evaluate(GateRequest, long)}, for whoever looks several times for one answer; what is answered in the end has to be {@link #told}.
     *
     * @param decided of {@link #deciding}; goes on when it is too late
     * @param arrived from when the time counts, in {@link System#nanoTime()}
     */
    Evaluation look(GateRequest request, CompletableFuture<Evaluation> decided, long arrived) {
        return asAsked(request, within(request, decided, arrived));
    }

    /**
     * Begins to answer a question by the store, and returns when that is done or the time is up; then it goes on.
     *
     * @param arrived from when the time counts, in {@link System#nanoTime()}
     * @return completes exceptionally by any fault
     */
    CompletableFuture<Evaluation> deciding(GateRequest request, long arrived) {
        var decided = deciding(request);
        try {
            decided.get(left(arrived), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // Whoever takes up the answer is told.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return decided;
    }

    private CompletableFuture<Evaluation> deciding(GateRequest request) {
        try {
            return CompletableFuture.supplyAsync(() -> decide.apply(request), background);
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The answer as far as memory has it; never blocks. The rest is as in {@link #evaluate(GateRequest, long)}. */
    Optional<Evaluation> known(GateRequest request) {
        return known.apply(request).map(evaluation -> asAsked(request, evaluation));
    }

    private static Evaluation asAsked(GateRequest request, Evaluation evaluation) {
        return request.dryRun() ? evaluation.asDryRun() : evaluation;
    }

    /** Counts an answer. */
    Evaluation told(Evaluation evaluation) {
        if (evaluation.recorded().isEmpty() && evaluation.decision().outcome() == Outcome.HOLD) {
            events.unrecorded(evaluation.decision());
        }
        return evaluation;
    }

    private Evaluation ask(GateRequest request, long arrived) {
        return within(request, deciding(request), arrived);
    }

    private Evaluation within(GateRequest request, CompletableFuture<Evaluation> decided, long arrived) {
        try {
            return decided.get(left(arrived), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return tooLate(request);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InvalidFieldException malformed) {
                throw malformed;
            }
            if (e.getCause() instanceof ReleaseNotFoundException unknown) {
                throw unknown;
            }
            return failed("the question about " + request.key().shown(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed("the question about " + request.key().shown(), e);
        } catch (RuntimeException | Error e) {
            return failed("the question about " + request.key().shown(), e);
        }
    }

    private long left(long arrived) {
        return longest.toNanos() - (nanoTime.getAsLong() - arrived);
    }

    private Evaluation tooLate(GateRequest request) {
        LOG.warn(
                "the question about {} is not answered {} ms after it arrived: HOLD; it goes on by itself",
                request.key().shown(),
                longest.toMillis());
        return Evaluation.unrecorded(Decision.hold(
                DecisionReason.ANSWER_TIMEOUT,
                "the gate could not find out in time, so nothing is decided; what it began goes on, ask again"));
    }

    /** A HOLD that says so; the fault goes into the log alone. What nobody runs any more is no fault: the gate stops, and its database with it. */
    static Evaluation failed(String what, @Nullable Throwable fault) {
        if (fault instanceof RejectedExecutionException) {
            LOG.info("{} came while the gate stops: HOLD", what);
            return Evaluation.unrecorded(Decision.hold(
                    DecisionReason.STORE_UNAVAILABLE,
                    "the gate is stopping and asks its database nothing more, so nothing is decided; ask again"));
        }
        if (fault instanceof StoreUnavailableException unavailable) {
            return unavailable(unavailable);
        }
        LOG.error("{} failed by a fault of the gate itself: HOLD", what, fault);
        return Evaluation.unrecorded(
                Decision.hold(
                        DecisionReason.INTERNAL_ERROR,
                        "the gate failed by a fault of its own, so nothing is decided; its log has the fault under the trace of this answer; ask again"));
    }

    /** A HOLD that says why the store did not do what it was asked. */
    static Evaluation unavailable(StoreUnavailableException fault) {
        LOG.warn("{}: HOLD, nothing is recorded until it is back", fault.getMessage());
        return Evaluation.unrecorded(Decision.hold(
                DecisionReason.STORE_UNAVAILABLE, fault.getMessage() + "; no decision could be recorded, ask again"));
    }
}
