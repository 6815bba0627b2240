package dev.portcullis.kit.http;

import io.micronaut.core.annotation.Introspected;

/**
 * A path of a service's HTTP server that people ask, for the page at {@code /}.
 *
 * @param path with an example of its parameters
 * @param what what it answers, in a few words
 */
@Introspected
public record ServedPath(String path, String what) {}
