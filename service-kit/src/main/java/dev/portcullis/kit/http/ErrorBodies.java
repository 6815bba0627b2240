package dev.portcullis.kit.http;

import dev.portcullis.kit.text.PlainText;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Property;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.micronaut.http.server.HttpServerConfiguration;
import io.micronaut.http.server.exceptions.response.Error;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Gives the framework's own errors (unknown path, wrong method, too large, no HTTP) the body all our errors have, in our words: its own name its classes, and leave out
 * what is legal. Thread-safe.
 */
@Primary
@Singleton
final class ErrorBodies implements ErrorResponseProcessor<ErrorBody> {
    /** In bytes: a message may quote what was sent. */
    private static final int LONGEST_FAULT = 500;

    private static final int LONGEST_QUOTE = 200;
    private static final String REQUEST = "request";

    private final long largestBody;
    private final int longestLine;
    private final int largestHead;

    ErrorBodies(
            HttpServerConfiguration server,
            @Property(name = "micronaut.server.netty.max-initial-line-length") int longestLine,
            @Property(name = "micronaut.server.netty.max-header-size") int largestHead) {
        this.largestBody = server.getMaxRequestSize();
        this.longestLine = longestLine;
        this.largestHead = largestHead;
    }

    @Override
    public MutableHttpResponse<ErrorBody> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        if (response.getStatus() == HttpStatus.REQUEST_ENTITY_TOO_LARGE && !tooLargeBody(context)) {
            response.status(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE);
        }
        return response.body(body(context, response)).contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    private static boolean tooLargeBody(ErrorContext context) {
        return context.getRootCause()
                .filter(ContentLengthExceededException.class::isInstance)
                .isPresent();
    }

    private ErrorBody body(ErrorContext context, MutableHttpResponse<?> response) {
        return switch (response.getStatus()) {
            case INTERNAL_SERVER_ERROR -> new ErrorBody(REQUEST, "the service failed; its log has the cause");
            case REQUEST_ENTITY_TOO_LARGE ->
                new ErrorBody("body", "has more than " + largestBody + " bytes, the most that are taken");
            case REQUEST_HEADER_FIELDS_TOO_LARGE ->
                new ErrorBody(
                        REQUEST,
                        "its first line has more than " + longestLine + " bytes, or its headers have more than "
                                + largestHead + ", the most that are taken");
            case NOT_FOUND -> notFound(context.getRequest());
            case METHOD_NOT_ALLOWED ->
                new ErrorBody(
                        "method",
                        "is " + quoted(context.getRequest().getMethodName()) + "; legal: "
                                + response.getHeaders().getAll(HttpHeaders.ALLOW).stream()
                                        .flatMap(methods -> Arrays.stream(methods.split(",")))
                                        .map(String::strip)
                                        .sorted()
                                        .collect(Collectors.joining(", ")));
            default -> other(context, response);
        };
    }

    private static ErrorBody notFound(HttpRequest<?> request) {
        return new ErrorBody(
                "path", "is " + quoted(request.getPath()) + ", where nothing is; GET / tells what can be asked");
    }

    private static ErrorBody other(ErrorContext context, MutableHttpResponse<?> response) {
        var cause = context.getRootCause();
        if (cause.isPresent() && cause.get() instanceof URISyntaxException address) {
            return new ErrorBody(REQUEST, malformed(address));
        }
        if (cause.isPresent() && cause.get() instanceof ConversionErrorException conversion) {
            return unconverted(conversion);
        }
        if (response.getStatus() == HttpStatus.BAD_REQUEST && cause.isEmpty()) {
            return new ErrorBody(
                    REQUEST, "is not legal HTTP/1.1: its first line, a header, or what says how long its body is");
        }
        var error = context.getErrors().stream().findFirst();
        return new ErrorBody(
                error.flatMap(Error::getPath).map(ErrorBodies::lastSegment).orElse(REQUEST),
                error.map(ErrorBodies::firstLine).orElse(response.reason()));
    }

    private static String malformed(URISyntaxException address) {
        var where = address.getIndex() < 0 ? "" : " at character " + (address.getIndex() + 1);
        return "its address " + quoted(address.getInput()) + " is not legal" + where
                + "; write what is no letter, digit or one of -._~ as %XX";
    }

    private static ErrorBody unconverted(ConversionErrorException fault) {
        Argument<?> argument = fault.getArgument();
        Optional<Object> given = fault.getConversionError().getOriginalValue();
        Object[] constants = argument.getType().getEnumConstants();
        var legal = constants == null
                ? ""
                : "; legal: "
                        + Arrays.stream(constants)
                                .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "));
        return new ErrorBody(
                PlainText.line(argument.getName(), LONGEST_QUOTE),
                "is " + given.map(value -> quoted(value.toString())).orElse("not legal") + legal);
    }

    private static String quoted(String text) {
        return "'" + PlainText.line(text, LONGEST_QUOTE) + "'";
    }

    private static String firstLine(Error error) {
        return PlainText.line(error.getMessage().lines().findFirst().orElse(""), LONGEST_FAULT);
    }

    private static String lastSegment(String path) {
        return PlainText.line(path.substring(path.lastIndexOf('/') + 1), LONGEST_QUOTE);
    }
}
