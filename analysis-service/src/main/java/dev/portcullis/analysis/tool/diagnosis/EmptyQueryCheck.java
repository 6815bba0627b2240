package dev.portcullis.analysis.tool.diagnosis;

import dev.portcullis.analysis.inspection.SelectedSeries;
import dev.portcullis.analysis.inspection.SourceSnapshot;
import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.query.LabelMatcher;
import dev.portcullis.analysis.query.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/** Why a query selects nothing: found by asking with fewer conditions. */
final class EmptyQueryCheck {
    private final Query query;
    private final SourceSnapshot source;

    private EmptyQueryCheck(Query query, SourceSnapshot source) {
        this.query = query;
        this.source = source;
    }

    /** The reasons, at least one. */
    static List<Finding> explain(Query query, SourceSnapshot source) {
        List<Finding> reasons = new EmptyQueryCheck(query, source).reasons();
        return query.is(Query.BAD)
                ? reasons.stream().map(EmptyQueryCheck::perhapsNoneWasBad).toList()
                : reasons;
    }

    /** A counter of errors often does not exist before the first error. */
    private static Finding perhapsNoneWasBad(Finding reason) {
        return Finding.of(
                FindingKind.NO_BAD_SEEN,
                reason.subject(),
                reason.what() + ": fine as long as no request was bad, but otherwise none would ever be counted",
                reason.fix());
    }

    private List<Finding> reasons() {
        SelectedSeries all = source.inspect(query.withoutConditions());
        if (all.isEmpty()) {
            return List.of(metricMissing());
        }
        List<Finding> reasons = new ArrayList<>();
        for (LabelMatcher condition : query.conditions()) {
            if (source.inspect(query.withoutConditions().with(condition)).isEmpty()) {
                reasons.add(excludesAll(condition, all.samples()));
            }
        }
        return reasons.isEmpty() ? List.of(excludeAllTogether()) : reasons;
    }

    private Finding metricMissing() {
        SortedSet<String> known = source.metrics();
        List<String> similar = SimilarNames.of(query.metric(), known);
        String what = "the metric " + query.metric() + " does not exist in source '" + query.source() + "'";
        if (known.isEmpty()) {
            return query.finding(
                    FindingKind.METRIC_MISSING,
                    what + ", which has no metrics at all",
                    "let it read the pods of " + query.subject().service());
        }
        return similar.isEmpty()
                ? query.finding(
                        FindingKind.METRIC_MISSING,
                        what + ", nor any with a similar name among its " + known.size(),
                        "name a metric that the pods export, and let the source read them")
                : query.finding(
                        FindingKind.METRIC_MISSING,
                        what + "; similar names: " + ListText.of(similar),
                        "write one of them, or let the source read the pods that export it");
    }

    private Finding excludesAll(LabelMatcher condition, List<Sample> all) {
        SortedSet<String> values = LabelValues.values(all, condition.label());
        if (values.isEmpty()) {
            return query.finding(
                    FindingKind.LABEL_MISSING,
                    "no series of " + query.metric() + " has a label '" + condition.label()
                            + "', but the query requires " + shown(condition),
                    "name one of the labels there are: " + ListText.of(LabelValues.names(all)));
        }
        return query.finding(
                FindingKind.CONDITION_EXCLUDES_ALL,
                "no series of " + query.metric() + " has " + shown(condition) + "; values of '" + condition.label()
                        + "' are: " + ListText.of(values),
                "write a condition that one of them meets");
    }

    private Finding excludeAllTogether() {
        StringBuilder what = new StringBuilder("each condition of "
                + query.selector().render() + " is met by some series, but no series meets them all");
        for (LabelMatcher condition : query.conditions()) {
            List<LabelMatcher> others = new ArrayList<>(query.conditions());
            others.remove(condition);
            long left = source.inspect(new Selector(query.withoutConditions().metric(), others))
                    .count();
            if (left > 0) {
                what.append("; without ")
                        .append(shown(condition))
                        .append(" there are ")
                        .append(left);
            }
        }
        return query.finding(FindingKind.CONDITIONS_EXCLUDE_ALL, what.toString(), "drop or change one of them");
    }

    private static String shown(LabelMatcher condition) {
        return condition.label() + condition.operator().symbol() + '"' + condition.value() + '"';
    }
}
