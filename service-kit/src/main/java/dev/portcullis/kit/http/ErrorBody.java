package dev.portcullis.kit.http;

import io.micronaut.core.annotation.Introspected;

/**
 * The body of every HTTP error.
 *
 * @param field what was wrong: a field, a parameter, "body", "path", "method", or "request" for anything else of it
 * @param fault why, in one line
 */
@Introspected
public record ErrorBody(String field, String fault) {}
