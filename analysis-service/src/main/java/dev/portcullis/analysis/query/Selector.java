package dev.portcullis.analysis.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which counters are meant: a PromQL vector selector, that is a metric name, conditions on labels in braces, or both.
 *
 * @param metric name of the metric; empty when the conditions alone select
 * @param matchers conditions, all of which hold
 */
public record Selector(String metric, List<LabelMatcher> matchers) {
    /** The label under which a series carries its metric's name. */
    public static final String NAME_LABEL = "__name__";

    private static final Pattern PLAIN_METRIC = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");

    public Selector {
        matchers = List.copyOf(matchers);
    }

    /**
     * Reads a query such as {@code http_requests_total{service="checkout",code!~"5.."}}, or with the quoted names of Prometheus 3
     * <code>{"http.requests","service.name"="checkout"}</code>.
     *
     * @throws SelectorException for anything else: functions, ranges, offsets, arithmetic
     */
    public static Selector parse(String query) {
        return new SelectorParser(query).parse();
    }

    /** The metric it names; empty when it does not tell it outright, as with a regular expression. */
    public Optional<String> named() {
        if (!metric.isEmpty()) {
            return Optional.of(metric);
        }
        return matchers.stream()
                .filter(m -> m.label().equals(NAME_LABEL) && m.operator() == LabelMatcher.Operator.EQUAL)
                .map(LabelMatcher::value)
                .findFirst();
    }

    /** This selector with one more condition. */
    public Selector with(LabelMatcher matcher) {
        List<LabelMatcher> more = new ArrayList<>(matchers);
        more.add(matcher);
        return new Selector(metric, more);
    }

    /**
     * PromQL text that {@link #parse} reads back as a selector of the same series. A name that cannot stand before the braces is given as {@code __name__}, which every
     * server reads that can have such a series.
     */
    public String render() {
        boolean before = metric.isEmpty() || PLAIN_METRIC.matcher(metric).matches();
        List<LabelMatcher> conditions = new ArrayList<>(matchers);
        if (!before) {
            conditions.addFirst(new LabelMatcher(NAME_LABEL, LabelMatcher.Operator.EQUAL, metric));
        }
        String name = before ? metric : "";
        return conditions.isEmpty()
                ? name
                : conditions.stream().map(LabelMatcher::render).collect(Collectors.joining(",", name + "{", "}"));
    }

    /** Whether a series with these labels, among them {@link #NAME_LABEL}, is meant. */
    public boolean matches(Map<String, String> labels) {
        return compiled().test(labels);
    }

    /** {@link #matches} for many series: the regular expressions are compiled once. Thread-safe. */
    public Predicate<Map<String, String>> compiled() {
        Predicate<Map<String, String>> all =
                metric.isEmpty() ? labels -> true : labels -> metric.equals(labels.get(NAME_LABEL));
        for (LabelMatcher matcher : matchers) {
            Predicate<String> test = matcher.test();
            all = all.and(labels -> test.test(labels.getOrDefault(matcher.label(), "")));
        }
        return all;
    }
}
