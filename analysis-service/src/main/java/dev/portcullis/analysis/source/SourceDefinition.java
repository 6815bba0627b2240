package dev.portcullis.analysis.source;

import dev.portcullis.analysis.budget.BadRatioHistory;
import dev.portcullis.analysis.inspection.SourceInspection;
import dev.portcullis.analysis.metric.CounterSource;
import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.query.SelectorException;
import java.util.Optional;

/** A source as configured, not yet open. Equal definitions mean the same source, so it need not be opened anew. Immutable. */
public interface SourceDefinition {
    /** Name of the source, unique. */
    String source();

    /** Opens it: no exchange happens before the first reading. What it holds is freed with it by the garbage collector. */
    CounterSource open();

    /** Opens what it remembers of the past; empty when it knows the present only. */
    default Optional<BadRatioHistory> openHistory() {
        return Optional.empty();
    }

    /** Opens it for a look at what is wrong with it; empty when its kind cannot be looked into from another process than the one that measures. */
    default Optional<SourceInspection> inspection() {
        return Optional.empty();
    }

    /**
     * Reads a query in the source's own language. The text of what it answers, {@link Selector#render}, is PromQL in any case, since that is what is kept.
     *
     * @throws SelectorException when it is no query for counters
     */
    default Selector selector(String query) {
        return Selector.parse(query);
    }

    /** Whether queries are written in PromQL, so that a Prometheus which has the same series could evaluate them. */
    default boolean speaksPromQl() {
        return true;
    }

    /** Whether it reads histograms at all. */
    default boolean readsHistograms() {
        return true;
    }

    /** Whether it reads native histograms besides classic ones. */
    default boolean readsNativeHistograms() {
        return false;
    }
}
