package dev.portcullis.kit.http;

import dev.portcullis.kit.text.PlainText;
import io.micronaut.context.annotation.Primary;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;

/** Gives the framework's own errors (unknown path, wrong method, too large, not JSON) the body all our errors have. Thread-safe. */
@Primary
@Singleton
final class ErrorBodies implements ErrorResponseProcessor<ErrorBody> {
    /** In bytes: a message may quote what was sent. */
    private static final int LONGEST_FAULT = 500;

    private static final int LONGEST_FIELD = 100;

    @Override
    public MutableHttpResponse<ErrorBody> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        var error = context.getErrors().stream().findFirst();
        var field =
                error.flatMap(e -> e.getPath()).map(ErrorBodies::lastSegment).orElse("request");
        var fault = response.getStatus() == HttpStatus.INTERNAL_SERVER_ERROR
                ? "the service failed; its log has the cause"
                : error.map(e -> PlainText.line(
                                e.getMessage().lines().findFirst().orElse(""), LONGEST_FAULT))
                        .orElse(response.reason());
        return response.body(new ErrorBody(field, fault)).contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    private static String lastSegment(String path) {
        return PlainText.line(path.substring(path.lastIndexOf('/') + 1), LONGEST_FIELD);
    }
}
