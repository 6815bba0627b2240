package dev.portcullis.analysis.source.datadog;

import dev.portcullis.analysis.query.LabelMatcher;
import dev.portcullis.analysis.query.LabelMatcher.Operator;
import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.query.SelectorException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of Datadog's query language that selects a count metric: {@code requests.count{service:checkout,!status:5*}}. Inside, it is a selector like any other, with
 * the metric's name as a condition since it has dots, and with Datadog's wildcards in the values.
 */
final class DatadogQuery {
    private static final Pattern METRIC = Pattern.compile("[a-zA-Z][a-zA-Z0-9_.]*");
    private static final Pattern CONDITION =
            Pattern.compile("(?<not>!?)(?<tag>[a-zA-Z_][a-zA-Z0-9_]*):(?<value>[a-zA-Z0-9_\\-.:/*]+)");
    private static final String LEGAL =
            "; legal: a count metric with {conditions}, such as requests.count{service:checkout,!status:5*}; space"
                    + " aggregation, grouping and as_count() are added here";

    private DatadogQuery() {}

    /**
     * Reads a query.
     *
     * @throws SelectorException for anything but a metric and conditions that all have to hold
     */
    static Selector parse(String query) {
        String text = query.strip();
        Matcher metric = METRIC.matcher(text);
        if (!metric.lookingAt()) {
            throw new SelectorException(1, "it does not begin with the name of a metric" + LEGAL);
        }
        List<LabelMatcher> matchers = new ArrayList<>();
        matchers.add(new LabelMatcher(Selector.NAME_LABEL, Operator.EQUAL, metric.group()));
        String rest = text.substring(metric.end()).strip();
        if (!rest.isEmpty()) {
            if (!rest.startsWith("{") || rest.indexOf('}') != rest.length() - 1) {
                throw new SelectorException(metric.end() + 1, "found '" + shortened(rest) + "'" + LEGAL);
            }
            conditions(rest.substring(1, rest.length() - 1), metric.end() + 1, matchers);
        }
        return new Selector("", matchers);
    }

    private static void conditions(String inBraces, int column, List<LabelMatcher> matchers) {
        if (inBraces.isBlank() || inBraces.strip().equals("*")) {
            return;
        }
        for (String part : inBraces.split(",", -1)) {
            Matcher condition = CONDITION.matcher(part.strip());
            if (!condition.matches()) {
                throw new SelectorException(column, "'" + shortened(part.strip()) + "' is no tag:value" + LEGAL);
            }
            Operator operator = condition.group("not").isEmpty() ? Operator.EQUAL : Operator.NOT_EQUAL;
            matchers.add(new LabelMatcher(condition.group("tag"), operator, condition.group("value")));
        }
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= 40 ? line : line.substring(0, 37) + "...";
    }
}
