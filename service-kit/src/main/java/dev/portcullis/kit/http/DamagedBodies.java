package dev.portcullis.kit.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.netty.handler.codec.compression.DecompressionException;
import jakarta.inject.Singleton;

/** Answers bodies that cannot be unpacked as their Content-Encoding says: a fault of the request, which the framework takes for one of the server. Thread-safe. */
@Singleton
final class DamagedBodies implements ExceptionHandler<DecompressionException, HttpResponse<ErrorBody>> {
    @Override
    @SuppressWarnings("rawtypes") // as the framework has it
    public HttpResponse<ErrorBody> handle(HttpRequest request, DecompressionException fault) {
        return HttpResponse.badRequest(
                        new ErrorBody("body", "is not compressed as its Content-Encoding says, or is damaged"))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
