package dev.portcullis.analysis.source.datadog;

import dev.portcullis.analysis.query.Arm;
import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.query.LabelMatcher;
import dev.portcullis.analysis.query.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A query for the counts of both arms, pod by pod, in intervals of {@value #INTERVAL_SECONDS} s.
 *
 * @param metric name of the metric
 * @param text as it is sent
 */
record CountQuery(String metric, String text) {
    /** The rollup; what is asked for at once covers an hour at most, for which Datadog allows 20 s. */
    static final int INTERVAL_SECONDS = 30;

    private static final Pattern TAG_VALUE = Pattern.compile("[a-zA-Z0-9_\\-.:/]+");

    private static final Pattern TAG_NAME = Pattern.compile("[\\p{L}_][\\p{L}0-9_\\-./]*");

    /** The query of a selector that {@link DatadogQuery} read. */
    static CountQuery of(Selector selector, Arms arms, String podTag) {
        List<String> conditions = new ArrayList<>();
        String metric = selector.metric();
        for (LabelMatcher matcher : selector.matchers()) {
            if (matcher.label().equals(Selector.NAME_LABEL)) {
                metric = matcher.value();
            } else {
                String not = matcher.operator() == LabelMatcher.Operator.NOT_EQUAL ? "NOT " : "";
                conditions.add(not + matcher.label() + ":" + matcher.value());
            }
        }
        conditions.add(ofAnArm(arms));
        String text = "sum:" + metric + "{" + String.join(" AND ", conditions) + "} by {"
                + String.join(",", arms.valuesByLabel().keySet()) + "," + podTag + "}.as_count().rollup(sum, "
                + INTERVAL_SECONDS + ")";
        return new CountQuery(metric, text);
    }

    private static String ofAnArm(Arms arms) {
        List<String> either = new ArrayList<>();
        arms.valuesByLabel()
                .forEach((label, values) ->
                        either.add(label + " IN (" + String.join(",", values).toLowerCase(Locale.ROOT) + ")"));
        return either.size() == 1 ? either.getFirst() : "(" + String.join(" OR ", either) + ")";
    }

    /** The arm with a label or a value that no tag can have, which would change the meaning of the query. */
    static Optional<Arm> strangeArm(Arms arms) {
        return arms.each().stream()
                .filter(arm -> !TAG_VALUE.matcher(arm.value()).matches()
                        || !TAG_NAME.matcher(arm.label()).matches())
                .findFirst();
    }

    /** The value of an arm's tag as it was asked for: Datadog keeps tags in lower case. */
    static String arm(String label, String tagValue, Arms arms) {
        return arms.valuesByLabel().getOrDefault(label, List.of()).stream()
                .filter(value -> tagValue.equals(value.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse(tagValue);
    }
}
