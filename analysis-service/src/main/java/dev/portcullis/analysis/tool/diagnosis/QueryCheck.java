package dev.portcullis.analysis.tool.diagnosis;

import dev.portcullis.kit.text.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the series of one query show by themselves. */
final class QueryCheck {
    private QueryCheck() {}

    /** A check of a query that selects something. */
    static List<Finding> of(QueryInspection inspection, String armLabel) {
        List<Finding> found = new ArrayList<>();
        Optional<Finding> sign = UncountableCheck.check(inspection.query(), inspection.samples(), armLabel)
                .or(() -> CounterTypeCheck.check(inspection.query(), inspection.samples(), inspection.snapshot()));
        sign.ifPresent(found::add);
        if (sign.filter(finding -> finding.severity() == FindingSeverity.FAULT).isEmpty()) {
            inspection
                    .history()
                    .flatMap(history -> CounterResetCheck.in(inspection.query(), history))
                    .ifPresent(found::add);
        }
        CoarseCounterCheck.check(inspection.query(), inspection.samples()).ifPresent(found::add);
        found.addAll(UnusedConditionCheck.check(inspection.query(), inspection.samples()));
        // What good and bad requests tell is looked at beside their total.
        if (inspection.query().is(Query.TOTAL) || inspection.query().is(Query.HISTOGRAM)) {
            ArmLabelCheck.check(inspection.query(), armLabel, inspection.samples())
                    .ifPresent(found::add);
        }
        return found;
    }

    /** A query whose series are near the number that the source may give. */
    static Optional<Finding> ofNumber(Query query, long count, int most) {
        double share = (double) count / most;
        if (share < 0.8) {
            return Optional.empty();
        }
        Finding finding = query.finding(
                FindingKind.TOO_MANY_SERIES,
                query.selector().render() + " selects " + FindingFormat.count(count) + " series, but source '"
                        + query.source() + "' may return " + FindingFormat.count(most),
                "add conditions to the query, or raise maxSeries in connectionDetails");
        return Optional.of(
                count > most
                        ? new Finding(
                                finding.kind(), FindingSeverity.FAULT, finding.subject(), finding.what(), finding.fix())
                        : finding);
    }

    static Finding measurable(QueryInspection inspection, String armLabel, OptionalDouble rate) {
        long pods =
                inspection.samples().stream().map(LabelValues::pod).distinct().count();
        String what = NumberText.counted(inspection.series().count(), "series", "series") + " of "
                + NumberText.counted(pods, "pod", "pods") + " in source '"
                + inspection.query().source() + "', " + armLabel + ": "
                + ListText.of(LabelValues.values(inspection.samples(), armLabel));
        String requests = rate.isPresent() ? ", " + FindingFormat.figure(rate.getAsDouble()) + " requests/s" : "";
        return inspection.query().finding(FindingKind.MEASURABLE, what + requests, "");
    }
}
