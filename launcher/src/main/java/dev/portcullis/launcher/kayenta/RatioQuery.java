package dev.portcullis.launcher.kayenta;

import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.query.SelectorException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A PromQL expression that is a ratio of two sums of counters, as canary configs have them: {@code sum(rate(a{..}[1m])) / sum(rate(b{..}[1m]))}, times 100 or
 * subtracted from 1 if so written.
 *
 * @param part the counters above the line
 * @param total the counters below it
 * @param complement whether the expression is 1 less the ratio
 */
record RatioQuery(Selector part, Selector total, boolean complement) {
    private static final Pattern HUNDRED_TIMES = Pattern.compile("100(?:\\.0*)?\\s*\\*");
    private static final Pattern TIMES_HUNDRED = Pattern.compile("\\*\\s*100(?:\\.0*)?$");
    private static final Pattern ONE_LESS = Pattern.compile("(?:1|100)(?:\\.0*)?\\s*-");
    private static final Pattern OR_NOTHING =
            Pattern.compile("\\bor\\s+(?:on\\s*\\(\\s*\\)\\s*)?vector\\s*\\(\\s*0\\s*\\)$");
    private static final Pattern GROUPING = Pattern.compile("(?:by|without)\\s*\\([^()]*\\)");
    private static final Pattern RATE =
            Pattern.compile("(?:rate|increase|irate)\\s*\\((.*)\\[[^\\[\\]]+]\\s*\\)", Pattern.DOTALL);

    /** @throws NotMappedException saying what it is instead */
    static RatioQuery parse(String expression) throws NotMappedException {
        var text = unscaled(expression);
        var complement = ONE_LESS.matcher(text).lookingAt();
        if (complement) {
            text = unscaled(ONE_LESS.matcher(text).replaceFirst(""));
        }
        var parts = divided(text);
        if (parts.size() != 2) {
            throw new NotMappedException(
                    text.startsWith("histogram_quantile")
                            ? "is a quantile, which names no slowest good latency; write an SLO of the histogram with that limit by hand (docs/sources/prometheus.md)"
                            : "is no ratio of two sums of counters, sum(rate(a[1m])) / sum(rate(b[1m])); what is judged here are good and bad requests, so write an SLO by hand (docs/openslo.md)");
        }
        return new RatioQuery(counters(parts.get(0)), counters(parts.get(1)), complement);
    }

    private static String unscaled(String expression) {
        var text = HUNDRED_TIMES.matcher(bare(expression));
        var rest = text.lookingAt() ? text.replaceFirst("") : bare(expression);
        return bare(TIMES_HUNDRED.matcher(bare(rest)).replaceFirst(""));
    }

    private static Selector counters(String side) throws NotMappedException {
        var text = bare(OR_NOTHING.matcher(bare(side)).replaceFirst(""));
        if (!text.startsWith("sum")) {
            throw new NotMappedException("has '" + text + "', which is no sum of counters");
        }
        var inner = bare(GROUPING.matcher(text.substring("sum".length())).replaceAll(""));
        var rate = RATE.matcher(inner);
        if (!rate.matches()) {
            throw new NotMappedException("has '" + text + "', which is no sum of rate(..[1m]) or increase(..[1m])");
        }
        try {
            return Selector.parse(rate.group(1).strip());
        } catch (SelectorException e) {
            throw new NotMappedException("has '" + rate.group(1).strip() + "': " + e.getMessage());
        }
    }

    /** Without blanks and parentheses around all of it. */
    private static String bare(String text) {
        var rest = text.strip();
        while (rest.startsWith("(") && closing(rest) == rest.length() - 1) {
            rest = rest.substring(1, rest.length() - 1).strip();
        }
        return rest;
    }

    /** Where the parenthesis that the text begins with is closed; -1 when nowhere. */
    private static int closing(String text) {
        var bare = withoutQuotes(text);
        var depth = 0;
        for (int i = 0; i < bare.length(); i++) {
            var c = bare.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ')' && depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /** What stands between the divisions that are in no parentheses, braces or quotes. */
    private static List<String> divided(String text) {
        var bare = withoutQuotes(text);
        List<String> parts = new ArrayList<>();
        var depth = 0;
        var begin = 0;
        for (int i = 0; i < bare.length(); i++) {
            var c = bare.charAt(i);
            depth += "({[".indexOf(c) >= 0 ? 1 : ")}]".indexOf(c) >= 0 ? -1 : 0;
            if (c == '/' && depth == 0) {
                parts.add(text.substring(begin, i));
                begin = i + 1;
            }
        }
        parts.add(text.substring(begin));
        return parts;
    }

    /** The same with blanks in place of everything in quotes, so that each other character is where it was. */
    private static String withoutQuotes(String text) {
        var bare = new StringBuilder(text);
        var quote = '\0';
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            var opens = quote == '\0' && "\"'`".indexOf(c) >= 0;
            if (quote != '\0' || opens) {
                bare.setCharAt(i, ' ');
            }
            if (quote != '\0' && c == '\\' && i + 1 < text.length()) {
                bare.setCharAt(++i, ' ');
            } else if (opens || c == quote) {
                quote = opens ? c : '\0';
            }
        }
        return bare.toString();
    }
}
