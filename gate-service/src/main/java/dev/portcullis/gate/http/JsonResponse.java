package dev.portcullis.gate.http;

import dev.portcullis.kit.http.ErrorBody;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;

/** Responses whose body is JSON whatever the caller accepts: most callers say nothing about it, and some ask for another type. */
public final class JsonResponse {
    private JsonResponse() {}

    /** The same response, told as JSON. */
    public static <T> MutableHttpResponse<T> of(MutableHttpResponse<T> response) {
        return response.contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    /** A response with the body that all errors have. */
    public static MutableHttpResponse<ErrorBody> refusal(HttpStatus status, String field, String fault) {
        return of(HttpResponse.<ErrorBody>status(status).body(new ErrorBody(field, fault)));
    }
}
