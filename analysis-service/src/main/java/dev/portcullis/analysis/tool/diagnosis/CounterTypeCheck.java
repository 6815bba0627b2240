package dev.portcullis.analysis.tool.diagnosis;

import dev.portcullis.analysis.inspection.MetricType;
import dev.portcullis.analysis.inspection.SourceSnapshot;
import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.query.Selector;
import java.util.List;
import java.util.Optional;

/** Whether what a query selects are counters of requests: by what they were declared to be, otherwise by their names and values. */
final class CounterTypeCheck {
    private static final List<String> ENDINGS = List.of("_total", "_count", "_bucket");
    private static final String SUM = "_sum";

    private CounterTypeCheck() {}

    /** What speaks against it; empty when nothing does. */
    static Optional<Finding> check(Query query, List<Sample> samples, SourceSnapshot source) {
        String metric = samples.getFirst().labels().getOrDefault(Selector.NAME_LABEL, query.metric());
        MetricType type = source.type(metric);
        return ofType(query, metric, type)
                .or(() -> ofName(query, metric, type))
                .or(() -> ofValues(query, samples))
                .or(() -> uncertain(query, metric, type, samples));
    }

    private static Optional<Finding> ofType(Query query, String metric, MetricType type) {
        String found =
                switch (type) {
                    case GAUGE -> "a gauge, which goes up and down";
                    case STATE -> "an info metric, whose value is not a count";
                    case SUMMARY -> metric.endsWith("_count") ? "" : "a quantile of a summary, which is not a count";
                    case COUNTER, HISTOGRAM, UNKNOWN -> "";
                };
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(notACounter(query, metric + " is declared " + found, type));
    }

    private static Finding notACounter(Query query, String what, MetricType type) {
        String fix = type == MetricType.SUMMARY
                ? "select its _count, or for a latency objective a histogram"
                : "select a counter, whose name by convention ends with _total";
        return query.finding(FindingKind.NOT_A_COUNTER, what, fix);
    }

    private static Optional<Finding> ofName(Query query, String metric, MetricType type) {
        if (metric.contains(":")) {
            return Optional.of(query.finding(
                    FindingKind.RECORDED_RESULT,
                    metric
                            + " is made by a recording rule; the result of rate(), increase() or a quotient is not a count",
                    "select the counters that the rule reads"));
        }
        if (metric.endsWith(SUM) && type != MetricType.COUNTER) {
            String count = metric.substring(0, metric.length() - SUM.length()) + "_count";
            return Optional.of(query.finding(
                    FindingKind.NOT_A_COUNTER,
                    metric + " adds up what was observed, such as seconds, and counts no requests",
                    "select " + count));
        }
        return Optional.empty();
    }

    private static Optional<Finding> ofValues(Query query, List<Sample> samples) {
        return samples.stream()
                .filter(sample -> sample.buckets() == null)
                .filter(sample -> Double.isFinite(sample.value()))
                .filter(sample -> sample.value() < 0 || sample.value() != Math.rint(sample.value()))
                .findFirst()
                .map(sample -> query.finding(
                        FindingKind.NOT_A_COUNTER,
                        "the value of a series is " + FindingFormat.count(sample.value())
                                + ", but a count of requests is a whole number, 0 or more: "
                                + query.selector().render(),
                        "select a counter of requests, not a rate, a ratio or a time"));
    }

    static boolean isNamedAsCounter(String metric) {
        return ENDINGS.stream().anyMatch(metric::endsWith);
    }

    private static Optional<Finding> uncertain(Query query, String metric, MetricType type, List<Sample> samples) {
        boolean named = isNamedAsCounter(metric) || samples.stream().anyMatch(sample -> sample.buckets() != null);
        return type != MetricType.UNKNOWN || named
                ? Optional.empty()
                : Optional.of(query.finding(
                        FindingKind.COUNTER_UNCERTAIN,
                        "nothing shows that " + metric
                                + " is a counter: it has no declared type, and its name does not end with "
                                + String.join(", ", ENDINGS),
                        "make sure that it counts requests and only ever rises until its process is restarted"));
    }
}
