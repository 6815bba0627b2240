package dev.portcullis.kit.configuration;

import java.util.List;
import java.util.function.BiFunction;

/**
 * What else is asked of a folder's documents before a service takes them up, beside what the service reads itself. A process that runs several services gives each
 * the readers of all of them, so that a content is in use in every service or in none. Thread-safe.
 */
@FunctionalInterface
public interface ConfigurationCheck {
    /** Of a service alone, which knows only its own sections. */
    ConfigurationCheck NONE = (documents, faults) -> {};

    /** Records what is wrong in {@code faults}. */
    void check(List<ConfigurationDocument> documents, Faults faults);

    /** A parser that has this checked first. */
    default <T> BiFunction<List<ConfigurationDocument>, Faults, T> before(
            BiFunction<List<ConfigurationDocument>, Faults, T> parser) {
        return (documents, faults) -> {
            check(documents, faults);
            return parser.apply(documents, faults);
        };
    }
}
