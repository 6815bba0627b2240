package dev.portcullis.analysis.metric;

import java.util.List;

/**
 * The series that a request is answered by.
 *
 * @param parts one per objective
 */
record RequestedSeries(Arms arms, List<Part> parts) {
    /**
     * An objective's series.
     *
     * @param source name of the source that has them
     */
    record Part(String source, Indicated indicated) {}

    /**
     * The series of a request.
     *
     * @throws SelectorException when a query is no selector
     */
    static RequestedSeries of(MeterRequest request) {
        return new RequestedSeries(
                request.arms(),
                request.objectives().stream()
                        .map(objective -> new Part(objective.indicator().source(), Indicated.of(objective)))
                        .toList());
    }

    /** What is to be asked of a source. */
    List<SeriesQuery> queries(String source) {
        return parts.stream()
                .filter(part -> part.source().equals(source))
                .flatMap(part -> part.indicated().selectors().stream())
                .map(selector -> new SeriesQuery(selector, arms))
                .toList();
    }
}
