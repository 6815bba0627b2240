package dev.portcullis.analysis.metric;

import dev.portcullis.analysis.query.LabelMatcher;
import dev.portcullis.analysis.query.Selector;
import dev.portcullis.kit.text.NumberText;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Series, pods and values in a sentence, in one line. */
public final class SeriesText {
    private static final int DIGITS = 4;
    private static final int ALL_DIGITS = 12;
    private static final double LONGEST_NUMBER = 1e15;
    private static final int LONGEST = 300;
    private static final String CONTROL = "\\p{Cntrl}";
    private static final String NAME = "\\{" + Selector.NAME_LABEL + "=\"([^\"]*)\",?";

    private SeriesText() {}

    /** As {@code requests_total{code="500",pod="a"}}. */
    public static String of(Map<String, String> labels) {
        TreeMap<String, String> others = new TreeMap<>(labels);
        String name = others.remove(Selector.NAME_LABEL);
        return oneLine(others.entrySet().stream()
                .map(label -> new LabelMatcher(label.getKey(), LabelMatcher.Operator.EQUAL, label.getValue()).render())
                .collect(Collectors.joining(",", (name == null ? "" : name) + "{", "}")));
    }

    /** The key of a series or a pod in the same form. */
    public static String key(String key) {
        return oneLine(key.replaceFirst(NAME, "$1{"));
    }

    /** Labels are others' words. */
    private static String oneLine(String text) {
        String line = text.replaceAll(CONTROL, "?");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }

    /** A value as people write it: whole numbers as they are, others with four significant digits, or to the whole when that has more. */
    public static String value(double value) {
        return rounded(value, value == Math.rint(value) ? ALL_DIGITS : Math.max(DIGITS, wholeDigits(value)));
    }

    /** A boundary as its label has it. */
    static String boundary(double boundary) {
        return boundary == Double.POSITIVE_INFINITY ? "+Inf" : rounded(boundary, ALL_DIGITS);
    }

    private static int wholeDigits(double value) {
        return 1 + (int) Math.floor(Math.log10(Math.max(1, Math.abs(value))));
    }

    private static String rounded(double value, int digits) {
        return Math.abs(value) < LONGEST_NUMBER
                ? NumberText.rounded(value, digits, RoundingMode.HALF_UP)
                : String.valueOf(value);
    }
}
