package dev.portcullis.analysis.rules;

import dev.portcullis.analysis.query.LabelMatcher;
import dev.portcullis.analysis.query.LabelMatcher.Operator;
import dev.portcullis.analysis.query.Selector;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The label {@code le} of a classic histogram's buckets; a boundary has several spellings, and Prometheus compares texts. */
final class BoundaryLabel {
    private static final String NAME = "le";
    private static final double GO_PLAIN_FROM = 1e-4;
    private static final double GO_PLAIN_BELOW = 1e6;

    private BoundaryLabel() {}

    /** The bucket that counts every request. */
    static Selector all(Selector buckets) {
        return buckets.with(new LabelMatcher(NAME, Operator.EQUAL, "+Inf"));
    }

    /** The bucket of one boundary, however the client library writes it: Go "1", OpenMetrics and Prometheus 3 "1.0". */
    static Selector at(Selector buckets, double boundary) {
        Set<String> spellings = spellings(boundary);
        if (spellings.size() == 1) {
            return buckets.with(
                    new LabelMatcher(NAME, Operator.EQUAL, spellings.iterator().next()));
        }
        String either = spellings.stream()
                .map(text -> text.replace(".", "\\.").replace("+", "\\+"))
                .collect(Collectors.joining("|"));
        return buckets.with(new LabelMatcher(NAME, Operator.MATCHES, either));
    }

    private static Set<String> spellings(double boundary) {
        BigDecimal decimal = new BigDecimal(Double.toString(boundary)).stripTrailingZeros();
        String plain = decimal.toPlainString();
        Set<String> spellings = new LinkedHashSet<>();
        spellings.add(plain);
        if (decimal.scale() <= 0) {
            spellings.add(plain + ".0");
        }
        if (boundary < GO_PLAIN_FROM || boundary >= GO_PLAIN_BELOW) {
            spellings.add(withExponent(decimal));
        }
        return spellings;
    }

    /** As Go writes it: at least two digits of exponent, and its sign. */
    private static String withExponent(BigDecimal decimal) {
        String digits = decimal.unscaledValue().toString();
        int exponent = decimal.precision() - decimal.scale() - 1;
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return mantissa + String.format(Locale.ROOT, "e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}
