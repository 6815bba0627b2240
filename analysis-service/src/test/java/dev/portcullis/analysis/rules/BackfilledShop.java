package dev.portcullis.analysis.rules;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Counters of the 33 days up to now and of ten minutes more, as OpenMetrics for {@code promtool tsdb create-blocks-from} and as series for
 * {@code promtool test rules}, whose time 0 is {@link #begin}: a sample every half hour, and every minute at the end.
 */
final class BackfilledShop {
    private static final int DAY = 24 * 60;
    private static final int DAYS = 33;
    private static final int AFTER = 10;
    private static final int SPARSE = 30;
    private static final int DENSE = 160;
    /** Far from zero, up to which rate() would extrapolate. */
    private static final long START = 10_000_000;

    private static final int TOTAL = 4000;

    /** A counter: how much it grew in the minute that ends so many minutes ago, and how long ago its samples end. */
    private record Series(String name, IntUnaryOperator growth, int endAge) {}

    private static final List<Series> SERIES = List.of(
            new Series("requests_total{code=\"200\"}", age -> TOTAL - bad(age), 0),
            new Series("requests_total{code=\"500\"}", BackfilledShop::bad, 0),
            new Series("seconds_bucket{le=\"0.5\"}", age -> 0, 0),
            new Series("seconds_bucket{le=\"1.0\"}", age -> TOTAL - bad(age), 0),
            new Series("seconds_bucket{le=\"+Inf\"}", age -> TOTAL, 0),
            new Series("night_total{code=\"200\"}", age -> isNight(age) ? 0 : TOTAL - 3, 0),
            new Series("night_total{code=\"500\"}", age -> isNight(age) ? 0 : 3, 0),
            new Series("gone_total{code=\"200\"}", age -> TOTAL, 5 * DAY));

    private final Instant begin;
    private final int now;

    BackfilledShop(Instant now) {
        this.begin = now.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofDays(DAYS));
        this.now = Math.toIntExact(Duration.between(begin, now).toMinutes());
    }

    /** The whole hour at which it begins. */
    Instant begin() {
        return begin;
    }

    /** Calm at a quarter of what 99.9 % allows; two hours two days ago that only long windows see, and the last twenty minutes. */
    private static int bad(int age) {
        return age <= 20 ? 200 : age > 2 * DAY && age <= 2 * DAY + 120 ? 80 : 1;
    }

    /** Nobody came for the last eight hours. */
    private static boolean isNight(int age) {
        return age <= 8 * 60;
    }

    private boolean isSampled(int minute) {
        return minute % SPARSE == 0 || minute > now - DENSE;
    }

    private int end(Series series) {
        return series.endAge() == 0 ? now + AFTER : now - series.endAge();
    }

    /** The count of a series minute by minute. */
    private long[] counts(Series series) {
        long[] counts = new long[end(series) + 1];
        counts[0] = START;
        for (int minute = 1; minute < counts.length; minute++) {
            counts[minute] = counts[minute - 1] + series.growth().applyAsInt(now - minute);
        }
        return counts;
    }

    /**
     * A file of OpenMetrics.
     *
     * @param more lines of other series
     */
    String openMetrics(String more) {
        return SERIES.stream().map(this::lines).collect(Collectors.joining("", more, "# EOF\n"));
    }

    /** Lines of a series that has had the same value every minute lately. */
    String constant(String series, double value) {
        return IntStream.rangeClosed(now - DENSE, now + AFTER)
                .mapToObj(minute -> line(series, value, minute))
                .collect(Collectors.joining());
    }

    private String line(String series, Number value, int minute) {
        return series + " " + value + " " + (begin.getEpochSecond() + minute * 60L) + "\n";
    }

    private String lines(Series series) {
        long[] counts = counts(series);
        return IntStream.range(0, counts.length)
                .filter(this::isSampled)
                .mapToObj(minute -> line(series.name(), counts[minute], minute))
                .collect(Collectors.joining());
    }

    /**
     * A file of {@code promtool test rules}.
     *
     * @param groups names of the groups in the order of evaluation
     * @param evaluateEvery time between two evaluations of the rules, from time 0 on
     * @param tests entries of {@code promql_expr_test}
     */
    String testFile(List<String> groups, Duration evaluateEvery, String tests) {
        return "rule_files: [rules.yaml]\ngroup_eval_order: " + groups + "\nevaluation_interval: "
                + evaluateEvery.toSeconds() + "s\ntests:\n  - interval: 1m\n    input_series:\n"
                + SERIES.stream()
                        .map(series -> "      - {series: '" + series.name() + "', values: '" + values(series) + "'}\n")
                        .collect(Collectors.joining())
                + "    promql_expr_test:\n" + tests.indent(6);
    }

    private String values(Series series) {
        long[] counts = counts(series);
        StringBuilder values = new StringBuilder();
        int missing = 0;
        for (int minute = 0; minute < counts.length; minute++) {
            if (isSampled(minute)) {
                values.append(missing == 0 ? "" : "_x" + missing + " ")
                        .append(counts[minute])
                        .append(' ');
            }
            missing = isSampled(minute) ? 0 : missing + 1;
        }
        return values.toString().strip();
    }
}
