package dev.portcullis.analysis.source.scrape;

import dev.portcullis.analysis.query.Selector;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line of a page: name, labels, value. Read from left to right; used once. */
final class SeriesLine {
    private static final Pattern METRIC = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final Pattern BLANK = Pattern.compile("[ \\t]*");
    private static final Pattern VALUE =
            Pattern.compile("[+-]?(?:(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?|(?i:inf|infinity|nan))");
    private static final Pattern TIMESTAMP = Pattern.compile("[+-]?\\d+(?:\\.\\d*)?(?:[eE][+-]?\\d+)?");

    private final String text;
    private final int line;
    private final Map<String, String> labels = new HashMap<>();
    private String metric = "";
    private int at;

    SeriesLine(String text, int line) {
        this.text = text;
        this.line = line;
    }

    void parse(Exposition.Sink sink) throws ExpositionException {
        if (!peek('{')) {
            metric = take(METRIC, "a metric name");
        }
        take(BLANK, "");
        if (peek('{')) {
            labels();
            take(BLANK, "");
        }
        if (metric.isEmpty()) {
            throw fault("no metric name, neither before the braces nor in quotes in them,");
        }
        double value = number(take(VALUE, "a value"));
        end();
        labels.put(Selector.NAME_LABEL, metric);
        sink.series(labels, value);
    }

    private void labels() throws ExpositionException {
        at++;
        take(BLANK, "");
        while (!peek('}')) {
            label();
            take(BLANK, "");
            if (!peek('}')) {
                take(',');
                take(BLANK, "");
            }
        }
        at++;
    }

    /** A label, whose name may be in quotes, or in quotes the name of the metric, as Prometheus 3 has both. */
    private void label() throws ExpositionException {
        boolean inQuotes = peek('"');
        String name = inQuotes ? quoted() : take(LABEL, "a label name");
        take(BLANK, "");
        if (inQuotes && !peek('=')) {
            if (!metric.isEmpty()) {
                throw fault("a second metric name, '" + ExpositionException.shown(name) + "',");
            }
            metric = name;
            return;
        }
        take('=');
        take(BLANK, "");
        if (labels.put(name, quoted()) != null) {
            throw fault("label '" + ExpositionException.shown(name) + "' is given twice");
        }
    }

    private String quoted() throws ExpositionException {
        Optional<QuotedString> quotedString = QuotedString.at(text, at);
        if (quotedString.isEmpty()) {
            at = peek('"') ? text.length() : at;
            throw fault("expected '\"'");
        }
        at = quotedString.get().end();
        return quotedString.get().text();
    }

    private static double number(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            case "nan", "+nan", "-nan" -> Double.NaN;
            default -> Double.parseDouble(value);
        };
    }

    /** A timestamp may follow, and behind {@code #} an exemplar; neither is used. */
    private void end() throws ExpositionException {
        int valueEnd = at;
        take(BLANK, "");
        if (at < text.length() && at == valueEnd) {
            throw fault("expected a blank after the value");
        }
        if (at < text.length() && !peek('#')) {
            take(TIMESTAMP, "a timestamp");
            take(BLANK, "");
        }
        if (at < text.length() && !peek('#')) {
            throw fault("expected the end of the line");
        }
    }

    private boolean peek(char letter) {
        return at < text.length() && text.charAt(at) == letter;
    }

    private void take(char letter) throws ExpositionException {
        if (!peek(letter)) {
            throw fault("expected '" + letter + "'");
        }
        at++;
    }

    private String take(Pattern pattern, String expected) throws ExpositionException {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            throw fault("expected " + expected);
        }
        at = matcher.end();
        return matcher.group();
    }

    private ExpositionException fault(String reason) {
        return new ExpositionException(
                line, reason + " at column " + (at + 1) + " of '" + ExpositionException.shown(text) + "'");
    }
}
