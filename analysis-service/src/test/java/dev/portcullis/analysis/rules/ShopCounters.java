package dev.portcullis.analysis.rules;

import java.util.List;

/**
 * A shop's counters over 33 days, as text for {@code promtool test rules}: a sample every half hour, and every minute before one of the
 * moments, since promtool reads no more than 10,000 samples of a series.
 */
final class ShopCounters {
    static final int DAY = 24 * 60;
    /** Minutes at which it is looked at: a whole period and more after the beginning. */
    static final List<Integer> MOMENTS = List.of(30 * DAY, 31 * DAY, 32 * DAY, 33 * DAY);

    private static final int SPARSE = 30;
    private static final int DENSE = 150;

    /** Far from zero, up to which rate() would extrapolate. */
    private static final long START = 10_000_000;

    /** So many minutes with so many requests each. */
    private record Phase(int minutes, long bad, long total) {}

    private final List<Phase> phases;

    private ShopCounters(List<Phase> phases) {
        this.phases = phases;
    }

    /** The same for the whole time. */
    static ShopCounters steady(long bad, long total) {
        return new ShopCounters(List.of(new Phase(33 * DAY, bad, total)));
    }

    /**
     * Calm at a quarter of what 99.9 % allows; ten minutes up to the second moment, which only short windows see; two hours up to the third;
     * two hours that end 40 minutes before the fourth, so that the shortest windows see no more of it.
     */
    static ShopCounters withIncidents() {
        return new ShopCounters(List.of(
                new Phase(31 * DAY - 10, 1, 4000),
                new Phase(10, 200, 4000),
                new Phase(DAY - 120, 1, 4000),
                new Phase(120, 80, 4000),
                new Phase(DAY - 160, 1, 4000),
                new Phase(120, 400, 4000),
                new Phase(40, 1, 4000)));
    }

    private static boolean isSampled(int minute) {
        return minute % SPARSE == 0 || MOMENTS.stream().anyMatch(moment -> minute <= moment && minute > moment - DENSE);
    }

    /** The first minute from this one on that has a sample. */
    static int firstSample(int minute) {
        int first = minute;
        while (!isSampled(first)) {
            first++;
        }
        return first;
    }

    /** Requests up to a minute. */
    long total(int minute) {
        return sum(minute, false);
    }

    /** Bad requests up to a minute. */
    long bad(int minute) {
        return sum(minute, true);
    }

    private long sum(int minute, boolean bad) {
        long sum = 0;
        int left = minute;
        for (Phase phase : phases) {
            sum += Math.min(left, phase.minutes()) * (bad ? phase.bad() : phase.total());
            left -= Math.min(left, phase.minutes());
        }
        return sum;
    }

    /**
     * A test file.
     *
     * @param groups names of the groups in the order of evaluation, which in a server does not matter
     * @param tests entries of {@code promql_expr_test}
     */
    String testFile(String rules, List<String> groups, List<String> tests) {
        String series = series("requests_total{code=\"200\"}", 1, -1)
                + series("requests_total{code=\"500\"}", 0, 1)
                + series("seconds_bucket{le=\"0.5\"}", 0, 0)
                + series("seconds_bucket{le=\"1.0\"}", 1, -1)
                + series("seconds_bucket{le=\"+Inf\"}", 1, 0);
        return "rule_files: [" + rules + "]\ngroup_eval_order: " + groups
                + "\nevaluation_interval: 12h\ntests:\n  - interval: 1m\n    input_series:\n"
                + series.indent(6)
                + (tests.isEmpty()
                        ? ""
                        : "    promql_expr_test:\n" + String.join("", tests).indent(6));
    }

    /** A series that counts so many times all and so many times the bad requests. */
    private String series(String name, int ofTotal, int ofBad) {
        StringBuilder values = new StringBuilder();
        int missing = 0;
        for (int minute = 0; minute <= MOMENTS.getLast(); minute++) {
            if (isSampled(minute)) {
                values.append(missing == 0 ? "" : "_x" + missing + " ")
                        .append(START + ofTotal * total(minute) + ofBad * bad(minute))
                        .append(' ');
            }
            missing = isSampled(minute) ? 0 : missing + 1;
        }
        return "- {series: '" + name + "', values: '" + values.toString().strip() + "'}\n";
    }
}
