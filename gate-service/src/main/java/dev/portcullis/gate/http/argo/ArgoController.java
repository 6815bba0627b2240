package dev.portcullis.gate.http.argo;

import dev.portcullis.gate.http.DecisionAnswer;
import dev.portcullis.gate.release.GateRequest;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.trace.Traces;
import dev.portcullis.gate.usecase.EvaluateGate;
import dev.portcullis.kit.http.ErrorBody;
import dev.portcullis.kit.http.RequestArrival;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
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

    ArgoController(EvaluateGate evaluateGate, Traces traces) {
        this.evaluateGate = evaluateGate;
        this.traces = traces;
    }

    @Get
    CompletableFuture<HttpResponse<DecisionAnswer>> get(HttpRequest<?> request) {
        return answer(request, () -> ArgoQuestion.ofQuery(request.getParameters()));
    }

    /** With a body, whatever its type is called; without one, as {@link #get}. */
    @Post
    @Consumes(MediaType.ALL)
    CompletableFuture<HttpResponse<DecisionAnswer>> post(HttpRequest<byte[]> request) {
        var body = request.getBody();
        if (body.isEmpty() || body.get().length == 0) {
            return get(request);
        }
        return answer(request, () -> ArgoQuestion.ofBody(body.get(), request.getParameters()));
    }

    private CompletableFuture<HttpResponse<DecisionAnswer>> answer(HttpRequest<?> request, Supplier<GateRequest> question) {
        var traceId = traces.traceId();
        return evaluateGate
                .begin(question, RequestArrival.nanoTime(request))
                .thenApply(evaluation -> json(HttpResponse.ok(DecisionAnswer.of(evaluation, traceId))));
    }

    @Error(InvalidFieldException.class)
    HttpResponse<ErrorBody> malformed(InvalidFieldException e) {
        return json(HttpResponse.badRequest(new ErrorBody(e.field(), e.fault())));
    }

    private static <T> MutableHttpResponse<T> json(MutableHttpResponse<T> response) {
        return response.contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
