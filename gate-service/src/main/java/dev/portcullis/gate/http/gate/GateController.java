package dev.portcullis.gate.http.gate;

import dev.portcullis.gate.http.JsonFields;
import dev.portcullis.gate.http.JsonResponse;
import dev.portcullis.gate.release.GateRequest;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.ReleaseNotFoundException;
import dev.portcullis.gate.rule.AddedRules;
import dev.portcullis.gate.trace.Traces;
import dev.portcullis.gate.usecase.AwaitDecision;
import dev.portcullis.gate.usecase.EvaluateGate;
import dev.portcullis.gate.usecase.Evaluation;
import dev.portcullis.kit.http.CallerLeft;
import dev.portcullis.kit.http.RequestArrival;
import dev.portcullis.kit.http.RequestCaller;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a pipeline asks: one call that may wait for its answer. A domain outcome is always 200, so that a pipeline that sees another status knows that it could not
 * ask. The answer is JSON whatever the caller accepts. Thread-safe.
 */
@Controller("/v1/gate")
@Produces(MediaType.ALL)
final class GateController {
    private static final String RETRY_SECONDS = "5";

    private final EvaluateGate evaluateGate;
    private final AwaitDecision awaitDecision;
    private final AddedRules addedRules;
    private final OpenWaits waits;
    private final Traces traces;

    GateController(
            EvaluateGate evaluateGate,
            AwaitDecision awaitDecision,
            AddedRules addedRules,
            OpenWaits waits,
            Traces traces) {
        this.evaluateGate = evaluateGate;
        this.awaitDecision = awaitDecision;
        this.addedRules = addedRules;
        this.waits = waits;
        this.traces = traces;
    }

    /** The body is read as JSON, whatever its type is called. */
    @Post
    @Consumes(MediaType.ALL)
    CompletableFuture<MutableHttpResponse<?>> ask(HttpRequest<byte[]> request) {
        return answeredAnyhow(() -> {
            var body = request.getBody().orElseGet(() -> new byte[0]);
            var question = GateQuestion.of(body, request.getParameters());
            return withRules(
                    question.request(),
                    question.rules(),
                    asked -> answer(
                            request,
                            asked,
                            question.longest(),
                            question.async() ? GateController::accepted : HttpResponse::ok));
        });
    }

    /** The evaluation of an earlier question, as it is now. */
    @Get("/evaluations/{evaluation}")
    CompletableFuture<MutableHttpResponse<?>> fetch(@PathVariable String evaluation, HttpRequest<?> request) {
        return answeredAnyhow(() -> {
            var values = JsonFields.ofQuery(request.getParameters(), List.of("wait"));
            var longest = GateQuestion.wait(values.getOrDefault("wait", ""));
            return EvaluationId.question(evaluation)
                    .map(question -> withRules(
                            question.request(),
                            question.rules(),
                            asked -> answer(request, asked, longest, HttpResponse::ok)))
                    .orElseGet(
                            () -> CompletableFuture.completedFuture(unknown("is none that this gate has given out")));
        });
    }

    /** Answers a question once the rules are read that it adds, which nearly none has. */
    private CompletableFuture<MutableHttpResponse<?>> withRules(
            GateRequest question,
            String rules,
            Function<GateRequest, CompletableFuture<MutableHttpResponse<?>>> answered) {
        return rules.isEmpty()
                ? answered.apply(question)
                : addedRules
                        .reading(rules)
                        .handle((added, fault) -> answeredAnyhow(() -> {
                            if (fault != null) {
                                throw thrown(fault);
                            }
                            return answered.apply(
                                    question.with(question.details().with(added)));
                        }))
                        .thenCompose(Function.identity());
    }

    private static RuntimeException thrown(Throwable fault) {
        return fault instanceof CompletionException && fault.getCause() instanceof RuntimeException cause
                ? cause
                : new CompletionException(fault);
    }

    /** A fault of our own while a question is read is a HOLD that says so, as any other is. */
    private CompletableFuture<MutableHttpResponse<?>> answeredAnyhow(
            Supplier<CompletableFuture<MutableHttpResponse<?>>> asked) {
        try {
            return asked.get();
        } catch (InvalidFieldException e) {
            throw e;
        } catch (RuntimeException | java.lang.Error e) {
            var hold = GateAnswer.unread(evaluateGate.unread(e), traces.traceId());
            return CompletableFuture.completedFuture(JsonResponse.of(HttpResponse.ok(hold)));
        }
    }

    private CompletableFuture<MutableHttpResponse<?>> answer(
            HttpRequest<?> request,
            GateRequest question,
            Duration longest,
            Function<GateAnswer, MutableHttpResponse<GateAnswer>> status) {
        var caller = RequestCaller.of(request);
        if (longest.isPositive() && !waits.begin(caller)) {
            return CompletableFuture.completedFuture(busy());
        }
        var traceId = traces.traceId();
        var evaluation = awaitDecision.await(question, Evaluation::settled, longest, RequestArrival.nanoTime(request));
        if (longest.isPositive()) {
            var left = CallerLeft.of(request, () -> evaluation.cancel(false));
            evaluation.whenComplete((known, fault) -> {
                left.close();
                waits.end(caller);
            });
        }
        CompletableFuture<MutableHttpResponse<?>> answer =
                evaluation.thenApply(known -> JsonResponse.of(status.apply(GateAnswer.of(question, known, traceId))));
        // Whoever has left is no fault of the gate, and hears nothing.
        return answer.exceptionallyCompose(fault -> evaluation.isCancelled()
                ? CompletableFuture.completedFuture(HttpResponse.noContent())
                : CompletableFuture.failedFuture(fault));
    }

    private static MutableHttpResponse<GateAnswer> accepted(GateAnswer answer) {
        return HttpResponse.<GateAnswer>accepted().body(answer).header(HttpHeaders.LOCATION, answer.address());
    }

    private MutableHttpResponse<?> busy() {
        return JsonResponse.refusal(HttpStatus.TOO_MANY_REQUESTS, "wait", waits.refusal())
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    }

    @Error(ReleaseNotFoundException.class)
    HttpResponse<?> unknown(ReleaseNotFoundException e) {
        return unknown("is of the release " + e.name() + ", which is not there, or no longer kept");
    }

    private static MutableHttpResponse<?> unknown(String fault) {
        return JsonResponse.refusal(HttpStatus.NOT_FOUND, "evaluation", fault);
    }
}
