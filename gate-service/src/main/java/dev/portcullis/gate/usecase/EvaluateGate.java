package dev.portcullis.gate.usecase;

import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.decision.Ruling;
import dev.portcullis.gate.release.GateRequest;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.ReleaseEvents;
import dev.portcullis.gate.release.ReleaseNotFoundException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers whether a canary may go on, within {@link #LONGEST} of the question's arrival and whatever happens: what cannot be found out in time, or fails by any fault at
 * all, is a HOLD that says so. What has begun then goes on, and the next question hears of it. Thread-safe.
 */
public final class EvaluateGate {
    /** From the arrival of a question. Callers give up after two seconds or more, and take no answer for an error. */
    public static final Duration LONGEST = Duration.ofMillis(1_800);

    private static final Duration TOGETHER = Duration.ofMillis(100);

    private static final Logger LOG = LoggerFactory.getLogger(EvaluateGate.class);

    private final Function<GateRequest, Optional<Evaluation>> known;
    private final Function<GateRequest, Evaluation> decide;
    private final Executor background;
    private final Duration longest;
    private final ReleaseEvents events;
    private final LongSupplier nanoTime;
    private final Map<GateRequest, Asked> asked = new ConcurrentHashMap<>();

    /** @param background a thread per task; keeps the trace */
    public EvaluateGate(AnswerFromMemory memory, AnswerQuestion question, Executor background, ReleaseEvents events) {
        this(memory::answer, question::answer, background, events, LONGEST, System::nanoTime);
    }

    EvaluateGate(
            Function<GateRequest, Optional<Evaluation>> known,
            Function<GateRequest, Evaluation> decide,
            Executor background,
            ReleaseEvents events,
            Duration longest,
            LongSupplier nanoTime) {
        this.known = known;
        this.decide = decide;
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
            var answer = known.apply(request);
            return answer.isPresent()
                    ? CompletableFuture.completedFuture(answer.get())
                    : asked(request, arrived);
        } catch (InvalidFieldException e) {
            return CompletableFuture.failedFuture(e);
        } catch (RuntimeException | Error e) {
            return CompletableFuture.completedFuture(told(failed("a question", e)));
        }
    }

    /** Whoever asks the same shortly after another gets his answer, so that a burst of polls is one look into the database. */
    private CompletableFuture<Evaluation> asked(GateRequest request, long arrived) {
        var shared = asked.get(request);
        if (shared != null && arrived - shared.begun() < TOGETHER.toNanos()) {
            return shared.answer().copy();
        }
        var mine = new Asked(
                nanoTime.getAsLong(), CompletableFuture.supplyAsync(() -> told(ask(request, arrived)), background));
        asked.put(request, mine);
        mine.answer().whenComplete((answer, fault) -> asked.remove(request, mine));
        return mine.answer().copy();
    }

    private record Asked(long begun, CompletableFuture<Evaluation> answer) {}

    /**
     * Answers a question that is yet to be read.
     *
     * @param arrived when the question arrived, in {@link System#nanoTime()}
     * @throws InvalidFieldException when it is not legal, or contradicts the release it is about
     */
    public Evaluation evaluate(Supplier<GateRequest> question, long arrived) {
        GateRequest request;
        try {
            request = question.get();
        } catch (InvalidFieldException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            return told(failed("a question", e));
        }
        return evaluate(request, arrived);
    }

    /**
     * Answers a question. One that arrived longer ago than there is time is begun all the same, so that the next one hears of it.
     *
     * @param arrived when the question arrived, in {@link System#nanoTime()}
     * @throws InvalidFieldException when the question contradicts the release it is about
     * @throws ReleaseNotFoundException when it names a release, and there is none of that id
     */
    public Evaluation evaluate(GateRequest request, long arrived) {
        return told(look(request, arrived));
    }

    /** As {@link #evaluate(GateRequest, long)}, for whoever looks several times for one answer; what is answered in the end has to be {@link #told}. */
    Evaluation look(GateRequest request, long arrived) {
        var evaluation = answer(request, arrived);
        return request.dryRun() ? evaluation.asDryRun() : evaluation;
    }

    /** Counts an answer. */
    Evaluation told(Evaluation evaluation) {
        if (evaluation.recorded().isEmpty() && evaluation.ruling().outcome() == Outcome.HOLD) {
            events.unrecorded(evaluation.ruling());
        }
        return evaluation;
    }

    private Evaluation answer(GateRequest request, long arrived) {
        try {
            return known.apply(request).orElseGet(() -> ask(request, arrived));
        } catch (InvalidFieldException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            return failed("the question about " + request.key().shown(), e);
        }
    }

    private Evaluation ask(GateRequest request, long arrived) {
        try {
            return CompletableFuture.supplyAsync(() -> decide.apply(request), background)
                    .get(left(arrived), TimeUnit.NANOSECONDS);
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
        return Evaluation.unrecorded(Ruling.hold(
                DecisionReason.ANSWER_TIMEOUT,
                "the gate could not find out in time, so nothing is decided; what it began goes on, ask again"));
    }

    /** A HOLD that says so; the fault goes into the log alone. */
    static Evaluation failed(String what, @Nullable Throwable fault) {
        LOG.error("{} failed by a fault of the gate itself: HOLD", what, fault);
        return Evaluation.unrecorded(
                Ruling.hold(
                        DecisionReason.INTERNAL_ERROR,
                        "the gate failed by a fault of its own, so nothing is decided; its log has the fault under the trace of this answer; ask again"));
    }
}
