package dev.portcullis.analysis.tool.diagnosis;

import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.query.LabelMatcher;
import dev.portcullis.analysis.query.LabelMatcher.Operator;
import java.util.List;

/** Conditions that leave out nothing, since no series has their label: the typing error that no empty answer gives away. */
final class UnusedConditionCheck {
    private UnusedConditionCheck() {}

    /** A check of a query that selects something. */
    static List<Finding> check(Query query, List<Sample> samples) {
        return query.conditions().stream()
                .filter(UnusedConditionCheck::excludes)
                .filter(condition ->
                        LabelValues.values(samples, condition.label()).isEmpty())
                .map(condition -> query.finding(
                        FindingKind.LABEL_MISSING,
                        "no series of " + query.metric() + " has a label '" + condition.label() + "', so "
                                + condition.label() + condition.operator().symbol() + '"' + condition.value()
                                + "\" leaves out nothing",
                        "name one of the labels there are: " + ListText.of(LabelValues.names(samples))))
                .toList();
    }

    private static boolean excludes(LabelMatcher condition) {
        return condition.operator() == Operator.NOT_EQUAL || condition.operator() == Operator.NOT_MATCHES;
    }
}
