package dev.portcullis.analysis.diagnosis;

import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.wording.Numbers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Values that fall, as those of a counter do only when its process is restarted. */
final class Falls {
    /** A counter that was restarted begins at 0; what is still above this share of its value has only become less. */
    private static final double RESTARTED = 0.5;

    /** A process that is restarted more often than this in an hour has other troubles. */
    private static final double MOST_RESTARTS = 12;

    private Falls() {}

    /** What a history shows. */
    static Optional<Finding> in(Query query, Past past) {
        return past.falls() <= MOST_RESTARTS
                ? Optional.empty()
                : Optional.of(finding(
                        query,
                        "a series of " + query.metric() + " fell " + Rounding.count(Math.rint(past.falls()))
                                + " times in the last " + Numbers.duration(past.time())));
    }

    /** What two looks one after the other show. */
    static Optional<Finding> between(Query query, List<Sample> before, List<Sample> after) {
        Map<Map<String, String>, Double> earlier = new HashMap<>();
        before.forEach(sample -> earlier.put(sample.labels(), sample.value()));
        return after.stream()
                .filter(now -> now.value() < earlier.getOrDefault(now.labels(), 0.0)
                        && now.value() > earlier.getOrDefault(now.labels(), 0.0) * RESTARTED)
                .findFirst()
                .map(now -> finding(
                        query,
                        "a series of " + query.metric() + " fell from "
                                + Rounding.count(earlier.getOrDefault(now.labels(), 0.0)) + " to "
                                + Rounding.count(now.value()) + " while it was looked at"));
    }

    private static Finding finding(Query query, String what) {
        return query.finding(
                FindingKind.NOT_A_COUNTER,
                what + ", and a counter falls to 0 and only when its process is restarted",
                "select a counter, whose name by convention ends with _total");
    }
}
