package dev.portcullis.analysis.rules;

import dev.portcullis.kit.text.DurationText;
import java.time.Duration;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * Twelve hours of a shop's requests minute by minute, as text for {@code promtool test rules} and as slices, of whose requests 95 % have to be
 * good: an hour that nobody came, one exactly at the limit, and two in which more failed.
 */
final class SlicedDay {
    static final int MINUTES = 12 * 60;

    /** Far from zero, up to which rate() would extrapolate. */
    private static final long START = 10_000_000;

    private static final int SAMPLES_OF_A_MINUTE = 4;
    private static final double LIMIT = 0.05;

    private SlicedDay() {}

    /** Requests in a quarter of a minute, of the one that ends at {@code minute}. */
    private static long total(int minute) {
        return minute > 300 && minute <= 360 ? 0 : 100;
    }

    /** Those of them that failed. */
    private static long bad(int minute) {
        if (total(minute) == 0) {
            return 0;
        }
        boolean outage = (minute > 500 && minute <= 520) || minute > 705;
        return outage ? 50 : minute > 400 && minute <= 460 ? 5 : minute % 97 == 0 ? 6 : 1;
    }

    /**
     * The part of the slices with requests that was bad.
     *
     * @param slice how long one is, whole minutes
     * @param window how far to look back from {@code minute}, whole slices
     */
    static double badShare(Duration slice, Duration window, int minute) {
        int length = (int) slice.toMinutes();
        int[] counted = IntStream.range(0, (int) window.dividedBy(slice))
                .map(back -> minute - back * length)
                .filter(end -> sum(end, length, SlicedDay::total) > 0)
                .toArray();
        long failed = IntStream.of(counted)
                .filter(end -> (double) sum(end, length, SlicedDay::bad) / sum(end, length, SlicedDay::total) > LIMIT)
                .count();
        return (double) failed / counted.length;
    }

    private static long sum(int end, int minutes, IntToLongFunction requests) {
        return IntStream.rangeClosed(end - minutes + 1, end).mapToLong(requests).sum();
    }

    /**
     * A test file.
     *
     * @param interval between two evaluations
     * @param tests entries of {@code promql_expr_test}
     */
    static String testFile(String group, Duration interval, String tests) {
        return "rule_files: [rules.yaml]\ngroup_eval_order: [" + group
                + "]\nevaluation_interval: " + DurationText.compact(interval)
                + "\ntests:\n  - interval: 15s\n    input_series:\n"
                + "      - {series: 'requests_total{code=\"200\"}', values: '" + values(1, -1) + "'}\n"
                + "      - {series: 'requests_total{code=\"500\"}', values: '" + values(0, 1) + "'}\n"
                + "    promql_expr_test:\n" + tests.indent(6);
    }

    /** A counter that counts so many times all and so many times the failed requests. */
    private static String values(int ofTotal, int ofBad) {
        StringBuilder values = new StringBuilder().append(START);
        long count = START;
        for (int sample = 1; sample <= MINUTES * SAMPLES_OF_A_MINUTE; sample++) {
            int minute = Math.ceilDiv(sample, SAMPLES_OF_A_MINUTE);
            count += ofTotal * total(minute) + ofBad * bad(minute);
            values.append(' ').append(count);
        }
        return values.toString();
    }
}
