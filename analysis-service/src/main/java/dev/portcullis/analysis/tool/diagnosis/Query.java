package dev.portcullis.analysis.tool.diagnosis;

import dev.portcullis.analysis.query.LabelMatcher;
import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.slo.LatencyIndicator;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.RatioIndicator;
import java.util.ArrayList;
import java.util.List;

/**
 * One query of an objective.
 *
 * @param subject what findings about it are about
 * @param source name of the source it is sent to
 */
record Query(Subject.OfQuery subject, String source, Selector selector) {
    static final String BAD = "bad";
    static final String GOOD = "good";
    static final String TOTAL = "total";
    static final String HISTOGRAM = "histogram";

    /** The queries of an objective, of a ratio the part before the total. */
    static List<Query> of(String service, Objective objective) {
        return switch (objective.indicator()) {
            case RatioIndicator ratio -> {
                String part = ratio.countsGood() ? GOOD : BAD;
                yield List.of(of(service, objective, part, ratio.part()), of(service, objective, TOTAL, ratio.total()));
            }
            case LatencyIndicator latency -> List.of(of(service, objective, HISTOGRAM, latency.histogram()));
        };
    }

    private static Query of(String service, Objective objective, String part, Selector selector) {
        Subject.OfQuery subject = new Subject.OfQuery(service, objective.name(), part);
        return new Query(subject, objective.indicator().source(), selector);
    }

    boolean is(String part) {
        return subject.part().equals(part);
    }

    /** The metric alone, without conditions; what is selected at all when it does not name one. */
    Selector withoutConditions() {
        return new Selector(selector.named().orElse(""), List.of());
    }

    /** The conditions, without that which names the metric. */
    List<LabelMatcher> conditions() {
        List<LabelMatcher> conditions = new ArrayList<>(selector.matchers());
        if (selector.named().isPresent()) {
            conditions.removeIf(m -> m.label().equals(Selector.NAME_LABEL));
        }
        return conditions;
    }

    /** The metric's name, or the whole query when it does not name one. */
    String metric() {
        return selector.named().orElseGet(selector::render);
    }

    Finding finding(FindingKind kind, String what, String fix) {
        return Finding.of(kind, subject, what, fix);
    }
}
