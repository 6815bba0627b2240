package dev.portcullis.kit.http;

/**
 * A path of a service's HTTP server that people ask, for the page at {@code /}.
 *
 * @param path with an example of its parameters
 * @param what what it answers, in a few words
 */
public record ServedPath(String path, String what) {}
