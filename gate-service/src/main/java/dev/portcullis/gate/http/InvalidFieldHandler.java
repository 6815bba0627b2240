package dev.portcullis.gate.http;

import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.kit.http.ErrorBody;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** Answers a malformed question with status 400, its field and its fault, on every path but those whose clients expect another body. Thread-safe. */
@Singleton
final class InvalidFieldHandler implements ExceptionHandler<InvalidFieldException, HttpResponse<ErrorBody>> {
    @Override
    @SuppressWarnings("rawtypes") // The interface has it so.
    public HttpResponse<ErrorBody> handle(HttpRequest request, InvalidFieldException e) {
        return JsonResponse.refusal(HttpStatus.BAD_REQUEST, e.field(), e.fault());
    }
}
