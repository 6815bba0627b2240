package dev.portcullis.analysis.query;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** A query that calculates, such as {@code sum(rate(x[5m]))}, where the selector in it is wanted: what to write instead. */
final class CalculatedQuery {
    private static final String WHY = "Portcullis reads raw counters and does the counting itself, so write ";

    /** What stands before an argument, unlike a list of labels. */
    private static final Pattern ARGUMENT =
            Pattern.compile("(?s).*(?<!\\b(?:by|without|on|ignoring|group_left|group_right)\\s{0,9})\\(\\s*");

    private CalculatedQuery() {}

    /** The end of a message: the one selector in the query, or what a selector is where there are several or none. */
    static String advice(String query) {
        Set<String> selectors = selectors(query);
        return selectors.size() == 1
                ? WHY + "the selector alone: " + selectors.iterator().next()
                : WHY + "a metric name with {label conditions} alone, such as http_requests_total{code!~\"5..\"}";
    }

    /** What stands before a range; where there is none, what stands alone in parentheses. */
    private static Set<String> selectors(String query) {
        Set<String> ranged = new LinkedHashSet<>();
        Set<String> alone = new LinkedHashSet<>();
        int at = 0;
        while (at < query.length()) {
            SelectorParser parser = new SelectorParser(query, at);
            try {
                Selector selector = parser.parsePrefix();
                char next = parser.at() < query.length() ? query.charAt(parser.at()) : ' ';
                if (next == '[') {
                    ranged.add(selector.render());
                } else if (next == ')'
                        && ARGUMENT.matcher(query.substring(0, at)).matches()) {
                    alone.add(selector.render());
                }
                at = Math.max(at + 1, parser.at());
            } catch (SelectorException noSelector) {
                at++;
            }
        }
        return ranged.isEmpty() ? alone : ranged;
    }
}
