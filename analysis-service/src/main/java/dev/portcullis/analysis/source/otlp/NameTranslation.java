package dev.portcullis.analysis.source.otlp;

import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.query.Arm;
import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.query.LabelMatcher;
import dev.portcullis.analysis.query.LabelMatcher.Operator;
import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.query.SeriesQuery;
import java.util.HashMap;
import java.util.Map;

/**
 * A query with the names that series have here: dots and whatever else no name of Prometheus 2 has become underscores, as they do in what is received, so that
 * <code>{"http.requests_total","service.name"="shop"}</code> means the same series as {@code http_requests_total{service_name="shop"}}.
 */
final class NameTranslation {
    private NameTranslation() {}

    static Selector of(Selector query) {
        return new Selector(
                query.metric(),
                query.matchers().stream().map(NameTranslation::translated).toList());
    }

    /** A query whose arms are told apart by the names that labels have here. */
    static SeriesQuery of(SeriesQuery query) {
        Arm baseline = query.arms().baseline();
        return new SeriesQuery(
                query.selector(),
                new Arms(translated(query.arms().canary()), baseline == null ? null : translated(baseline)));
    }

    private static Arm translated(Arm arm) {
        return new Arm(OtlpLabels.name(arm.label()), arm.value());
    }

    /** A sample whose arm is told by the label that the policy names. */
    static Sample asAsked(Sample sample, Arms arms) {
        Map<String, String> labels = new HashMap<>(sample.labels());
        for (Arm arm : arms.each()) {
            String translated = OtlpLabels.name(arm.label());
            if (!translated.equals(arm.label()) && labels.containsKey(translated)) {
                labels.put(arm.label(), String.valueOf(labels.remove(translated)));
            }
        }
        return labels.equals(sample.labels())
                ? sample
                : new Sample(
                        labels, sample.value(), sample.buckets(), sample.processStart(), sample.time(), sample.fault());
    }

    private static LabelMatcher translated(LabelMatcher matcher) {
        if (!matcher.label().equals(Selector.NAME_LABEL)) {
            return new LabelMatcher(OtlpLabels.name(matcher.label()), matcher.operator(), matcher.value());
        }
        return matcher.operator() == Operator.EQUAL || matcher.operator() == Operator.NOT_EQUAL
                ? new LabelMatcher(matcher.label(), matcher.operator(), MetricName.joined(matcher.value()))
                : matcher;
    }
}
