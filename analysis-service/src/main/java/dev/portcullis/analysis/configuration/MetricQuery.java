package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.query.Selector;
import java.util.Optional;

/**
 * A query that is a legal selector, and where it is sent.
 *
 * @param source name of the metric source
 */
record MetricQuery(String source, Selector selector) {
    /** The query in its one canonical spelling. */
    String text() {
        return selector.render();
    }

    /** The metric it names; empty when it does not tell it outright, as with a regular expression. */
    Optional<String> metric() {
        return selector.named();
    }
}
