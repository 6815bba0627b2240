package dev.portcullis.analysis.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the series of one query show by themselves. */
final class QuerySigns {
    private QuerySigns() {}

    /** Of a query that selects something. */
    static List<Finding> of(Seen seen, String armLabel) {
        List<Finding> found = new ArrayList<>();
        Optional<Finding> sign = Uncountable.check(seen.query(), seen.samples(), armLabel)
                .or(() -> CounterSigns.check(seen.query(), seen.samples(), seen.snapshot()));
        sign.ifPresent(found::add);
        if (sign.filter(finding -> finding.gravity() == Gravity.FAULT).isEmpty()) {
            seen.past().flatMap(past -> Falls.in(seen.query(), past)).ifPresent(found::add);
        }
        CoarseSigns.check(seen.query(), seen.samples()).ifPresent(found::add);
        found.addAll(VainCondition.check(seen.query(), seen.samples()));
        // What good and bad requests tell is looked at beside their total.
        if (seen.query().is(Query.TOTAL) || seen.query().is(Query.HISTOGRAM)) {
            ArmLabel.check(seen.query(), armLabel, seen.samples()).ifPresent(found::add);
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
                query.selector().render() + " selects " + Rounding.count(count) + " series, but source '"
                        + query.source() + "' may return " + Rounding.count(most),
                "add conditions to the query, or raise maxSeries in connectionDetails");
        return Optional.of(
                count > most
                        ? new Finding(finding.kind(), Gravity.FAULT, finding.subject(), finding.what(), finding.fix())
                        : finding);
    }

    static Finding measurable(Seen seen, String armLabel, OptionalDouble rate) {
        long pods = seen.samples().stream().map(SeriesLabels::pod).distinct().count();
        String what = Listing.count(seen.inspection().count(), "series", "series") + " of "
                + Listing.count(pods, "pod", "pods") + " in source '"
                + seen.query().source() + "', " + armLabel + ": "
                + Listing.of(SeriesLabels.values(seen.samples(), armLabel));
        String requests = rate.isPresent() ? ", " + Rounding.figure(rate.getAsDouble()) + " requests/s" : "";
        return seen.query().finding(FindingKind.MEASURABLE, what + requests, "");
    }
}
