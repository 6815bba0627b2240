package dev.portcullis.analysis.source.otlp;

import dev.portcullis.analysis.query.LabelMatcher;
import dev.portcullis.analysis.query.LabelMatcher.Operator;
import dev.portcullis.analysis.query.Selector;

/**
 * A query with the names that series have here: dots and whatever else no name of Prometheus 2 has become underscores, as they do in what is received, so that
 * <code>{"http.requests_total","service.name"="shop"}</code> means the same series as {@code http_requests_total{service_name="shop"}}.
 */
final class TranslatedNames {
    private TranslatedNames() {}

    static Selector of(Selector query) {
        return new Selector(
                query.metric(),
                query.matchers().stream().map(TranslatedNames::translated).toList());
    }

    private static LabelMatcher translated(LabelMatcher matcher) {
        if (!matcher.label().equals(Selector.NAME_LABEL)) {
            return new LabelMatcher(SeriesLabels.name(matcher.label()), matcher.operator(), matcher.value());
        }
        return matcher.operator() == Operator.EQUAL || matcher.operator() == Operator.NOT_EQUAL
                ? new LabelMatcher(matcher.label(), matcher.operator(), MetricName.joined(matcher.value()))
                : matcher;
    }
}
