package dev.portcullis.analysis.query;

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

    private final String query;
    private int at;
    private int namesInQuotes;

    SelectorParser(String query) {
        this(query, 0);
    }

    /** A parser that begins in the middle of a query. */
    SelectorParser(String query, int begin) {
        this.query = query;
        this.at = begin;
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

    /** The selector that stands where this parser begins, whatever follows; faulty ones are refused as by {@link #parse}. */
    Selector parsePrefix() {
        String metric = take(METRIC);
        skipBlanks();
        Selector selector = new Selector(metric, peek('{') ? matchers() : List.of());
        check(selector);
        skipBlanks();
        return selector;
    }

    /** Where the parser is, as an index into the query. */
    int at() {
        return at;
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

    /** A condition, or the name of the metric in quotes. */
    private LabelMatcher matcher() {
        boolean inQuotes = peek('"') || peek('\'') || peek('`');
        String label = inQuotes ? quoted() : take(LABEL);
        if (label.isEmpty()) {
            throw fault(inQuotes ? "the name in quotes is empty" : "expected a label name, found " + found());
        }
        skipBlanks();
        if (inQuotes && (peek(',') || peek('}'))) {
            namesInQuotes++;
            return new LabelMatcher(Selector.NAME_LABEL, LabelMatcher.Operator.EQUAL, label);
        }
        LabelMatcher.Operator operator = LabelMatcher.Operator.of(take(OPERATOR))
                .orElseThrow(() -> fault(
                        "expected one of = != =~ !~ after '" + label + "', found " + found() + inQuotesIf("-./:")));
        skipBlanks();
        int start = at;
        String value = quoted();
        if (operator.isRegex()) {
            checkRegex(start, value);
        }
        return new LabelMatcher(label, operator, value);
    }

    private String quoted() {
        StringLiteral quoted = StringLiteral.read(query, at);
        at = quoted.end();
        return quoted.value();
    }

    /** What to write when a name goes on with a letter that has to be in quotes. */
    private String inQuotesIf(String letters) {
        boolean goesOn = at < query.length() && letters.indexOf(query.charAt(at)) >= 0;
        return goesOn
                ? "; a name with other characters than letters, digits and '_' is written in quotes: "
                        + "{\"http.requests\",\"service.name\"=\"shop\"}"
                : "";
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
        String found = (metric.isEmpty() && query.charAt(0) != '{' ? "expected a metric name or '{', found " : "found ")
                + shortened(what);
        String quotes = inQuotesIf("-./");
        if (rest.charAt(0) == '(') {
            at -= metric.length();
        }
        throw fault(found + (quotes.isEmpty() ? "; " + CalculatedQuery.advice(query) : quotes));
    }

    /** The two rules of PromQL that concern the selector as a whole. */
    private void check(Selector selector) {
        boolean named = selector.matchers().stream().anyMatch(m -> m.label().equals(Selector.NAME_LABEL));
        if (named && !selector.metric().isEmpty() || namesInQuotes > 1) {
            throw new SelectorException(1, "the metric name is given twice");
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
