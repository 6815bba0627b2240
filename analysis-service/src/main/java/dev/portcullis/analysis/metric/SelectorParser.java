package dev.portcullis.analysis.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads one vector selector from left to right. Used once. */
final class SelectorParser {
    private static final Pattern METRIC = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final Pattern OPERATOR = Pattern.compile("=~|!~|!=|=");
    private static final Pattern BLANK = Pattern.compile("(?:\\s+|#[^\\n]*)*+");
    private static final String ONLY = "; only a metric name with {label conditions} is read, since raw counters are";

    private final String query;
    private int at;

    SelectorParser(String query) {
        this.query = query;
    }

    Selector parse() {
        skipBlanks();
        if (at == query.length()) {
            throw fault("the query is empty; write a metric name, e.g. http_requests_total{service=\"checkout\"}");
        }
        String metric = take(METRIC);
        skipBlanks();
        List<LabelMatcher> matchers = peek('{') ? matchers() : List.of();
        end(metric);
        Selector selector = new Selector(metric, matchers);
        check(selector);
        return selector;
    }

    private List<LabelMatcher> matchers() {
        List<LabelMatcher> found = new ArrayList<>();
        at++;
        skipBlanks();
        while (!peek('}')) {
            found.add(matcher());
            skipBlanks();
            if (peek(',')) {
                at++;
                skipBlanks();
            } else if (!peek('}')) {
                throw fault("expected ',' or '}', found " + found());
            }
        }
        at++;
        skipBlanks();
        return found;
    }

    private LabelMatcher matcher() {
        String label = take(LABEL);
        if (label.isEmpty()) {
            throw fault("expected a label name, found " + found());
        }
        skipBlanks();
        LabelMatcher.Operator operator = LabelMatcher.Operator.of(take(OPERATOR))
                .orElseThrow(() -> fault("expected one of = != =~ !~ after '" + label + "', found " + found()));
        skipBlanks();
        int start = at;
        QuotedText quoted = QuotedText.read(query, at);
        at = quoted.end();
        if (operator.isRegex()) {
            checkRegex(start, quoted.value());
        }
        return new LabelMatcher(label, operator, quoted.value());
    }

    private static void checkRegex(int start, String value) {
        RegexDialect.strangerToRe2(value).ifPresent(construct -> {
            throw new SelectorException(
                    start + 1, "regular expression \"" + value + "\" has " + construct + "; RE2 does not know it");
        });
        try {
            Pattern.compile(value);
        } catch (PatternSyntaxException e) {
            throw new SelectorException(
                    start + 1, "regular expression \"" + value + "\" is broken: " + e.getDescription());
        }
    }

    /** Nothing may follow; what people put there most is named. */
    private void end(String metric) {
        if (at == query.length()) {
            return;
        }
        String rest = query.substring(at);
        String what =
                switch (rest.charAt(0)) {
                    case '(' -> metric.isEmpty() ? "a parenthesis" : "function or aggregation '" + metric + "'";
                    case '[' -> "a range";
                    case '@' -> "a time modifier '@'";
                    default -> rest.matches("(?s)offset\\b.*") ? "an offset" : "'" + rest + "'";
                };
        throw fault((metric.isEmpty() && query.charAt(0) != '{' ? "expected a metric name or '{', found " : "found ")
                + shortened(what)
                + ONLY);
    }

    /** The two rules of PromQL that concern the selector as a whole. */
    private void check(Selector selector) {
        boolean named = selector.matchers().stream().anyMatch(m -> m.label().equals(Selector.NAME_LABEL));
        if (named && !selector.metric().isEmpty()) {
            throw new SelectorException(1, "the metric name is given twice, before the braces and as __name__");
        }
        if (selector.metric().isEmpty()
                && selector.matchers().stream().allMatch(m -> m.test().test(""))) {
            throw new SelectorException(
                    1, "the query would select every series; name a metric or give a condition that needs a label");
        }
    }

    private void skipBlanks() {
        take(BLANK);
    }

    private boolean peek(char letter) {
        return at < query.length() && query.charAt(at) == letter;
    }

    /** What the pattern finds here, which may be nothing. */
    private String take(Pattern pattern) {
        Matcher matcher = pattern.matcher(query).region(at, query.length());
        if (!matcher.lookingAt()) {
            return "";
        }
        at = matcher.end();
        return matcher.group();
    }

    private String found() {
        return at < query.length() ? "'" + query.charAt(at) + "'" : "the end of the query";
    }

    private static String shortened(String what) {
        String line = what.replaceAll("\\s+", " ");
        return line.length() <= 60 ? line : line.substring(0, 57) + "...";
    }

    private SelectorException fault(String reason) {
        return new SelectorException(at + 1, reason);
    }
}
