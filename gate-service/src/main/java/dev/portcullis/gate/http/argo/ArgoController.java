package dev.portcullis.gate.http.argo;

import dev.portcullis.gate.http.AnswerBodies;
import dev.portcullis.gate.http.DecisionAnswer;
import dev.portcullis.gate.http.JsonResponse;
import dev.portcullis.gate.release.GateRequest;
import dev.portcullis.gate.trace.Traces;
import dev.portcullis.gate.usecase.EvaluateGate;
import dev.portcullis.kit.http.RequestArrival;
import dev.portcullis.kit.http.TooManyCalls;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.json.JsonMapper;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What Argo Rollouts' web metric provider asks. A domain outcome is always 200, because any other status is an error there and five errors abort a rollout;
 * the answer is JSON whatever the caller accepts, because Argo says nothing about it. What memory has is answered by the thread that reads the connection. Thread-safe.
 */
@Controller("/v1/argo")
@Produces(MediaType.ALL)
final class ArgoController {
    private final EvaluateGate evaluateGate;
    private final Traces traces;
    private final AnswerBodies<DecisionAnswer> bodies;
    private final QuestionMemory questions = new QuestionMemory();

    ArgoController(EvaluateGate evaluateGate, Traces traces, JsonMapper json) {
        this.evaluateGate = evaluateGate;
        this.traces = traces;
        this.bodies = new AnswerBodies<>(json);
    }

    @Get
    CompletableFuture<HttpResponse<byte[]>> get(HttpRequest<?> request) {
        return answer(request, () -> questions.of(request));
    }

    /** With a body, whatever its type is called; without one, as {@link #get}. */
    @Post
    @Consumes(MediaType.ALL)
    CompletableFuture<HttpResponse<byte[]>> post(HttpRequest<byte[]> request) {
        var body = request.getBody();
        if (body.isEmpty() || body.get().length == 0) {
            return get(request);
        }
        return answer(request, () -> ArgoQuestion.ofBody(body.get(), request.getParameters()));
    }

    private CompletableFuture<HttpResponse<byte[]>> answer(HttpRequest<?> request, Supplier<GateRequest> question) {
        var traceId = traces.traceId();
        var answered = TooManyCalls.isOneOf(request)
                ? CompletableFuture.completedFuture(evaluateGate.unasked())
                : evaluateGate.begin(question, RequestArrival.nanoTime(request));
        return answered.thenApply(evaluation -> {
            var answer = DecisionAnswer.of(evaluation, "");
            return JsonResponse.of(HttpResponse.ok(bodies.body(answer.release(), answer, traceId)));
        });
    }
}
