package dev.portcullis.kit.configuration;

/**
 * One thing a reader said of a key in one reading: that it asked for it, in which form, or what holds of it besides.
 *
 * <p>A key is the sum of what was said of it. A reader that knows more than the form, as a default that depends on another key, says
 * it without a type ({@link YamlMapping#describe}), and that holds then.
 *
 * @param kind the kind of the document
 * @param variant the alternative that the key belongs to, as {@code type: Prometheus}; empty for keys that all have
 * @param path the key's full name, places in a list left out and names of the user's choice in angle brackets: {@code
 *     spec.objectives[].slo}, {@code spec.analysis.mannWhitney.metrics.<slo>}
 * @param type such as {@code duration}; empty when the key was only asked for, or left to another reader
 * @param usual what holds when the key is missing: a value as a file would have it, or {@code required}; empty for nothing
 * @param legal which values of the type are legal; empty for all
 */
public record KeyDescription(String kind, String variant, String path, String type, String usual, String legal) {
    /** What stands in place of a default when a key must be there. */
    public static final String REQUIRED = "required";
}
