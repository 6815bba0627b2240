package dev.portcullis.analysis.rules;

import java.time.Duration;
import java.util.SortedMap;

/** A rule of Prometheus. */
public sealed interface Rule {
    /** PromQL. */
    String expr();

    /** Labels that the rule adds. */
    SortedMap<String, String> labels();

    /**
     * A series that is computed again and again.
     *
     * @param record its name
     */
    record Recording(String record, String expr, SortedMap<String, String> labels) implements Rule {}

    /**
     * Something that somebody is told.
     *
     * @param alert its name
     * @param hold how long the expression has to hold; zero for at once
     * @param annotations texts; may be templates
     */
    record Alert(
            String alert,
            String expr,
            Duration hold,
            SortedMap<String, String> labels,
            SortedMap<String, String> annotations)
            implements Rule {}
}
