package dev.portcullis.gate.release;

/**
 * A rule that a question has added to those of the ReleasePolicy, for the life of its release.
 *
 * @param name what records and answers call it: {@value #PREFIX} and the name that the question gives it, which no other added rule of the release has, nor any rule of a policy
 * @param text an item of {@code gate.rules} as JSON in one line, e.g. {@code {"minimumBake":{"for":"1h"}}}; equal texts say the same
 */
public record AddedRule(String name, String text) {
    /** How the name of every added rule begins, and that of no other. */
    public static final String PREFIX = "question/";
}
