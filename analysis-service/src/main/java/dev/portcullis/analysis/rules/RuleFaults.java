package dev.portcullis.analysis.rules;

import dev.portcullis.analysis.budget.BudgetedSlo;
import dev.portcullis.analysis.budget.BurnRateChoice;
import dev.portcullis.analysis.budget.BurnRateRow;
import dev.portcullis.analysis.slo.BudgetingMethod.Timeslices;
import dev.portcullis.analysis.slo.Indicator;
import dev.portcullis.analysis.slo.LatencyIndicator;
import dev.portcullis.kit.text.DurationText;
import dev.portcullis.kit.text.NumberText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Why no rules, or none that could ever speak, can be made of an SLO that a release can be judged by. */
public final class RuleFaults {
    private static final String BUCKET = "_bucket";
    private static final double PERCENT = 100;

    private RuleFaults() {}

    /** What stands in the way, each as {@code file:line: what, value, legal}; empty when rules can be made. */
    public static List<String> of(BudgetedSlo slo, BurnRateChoice choice) {
        List<String> faults = new ArrayList<>();
        Duration period = slo.period().length();
        if (period.compareTo(choice.shortestPeriod()) < 0) {
            faults.add("spec.timeWindow[0].duration is " + DurationText.compact(period) + "; legal for these windows: "
                    + DurationText.compact(choice.shortestPeriod()) + " or more");
        }
        if (!slo.promQl()) {
            faults.add("its source '" + slo.indicator().source()
                    + "' is not asked in PromQL; legal for rules: an SLO whose series are in Prometheus");
        } else if (isNative(slo.indicator())) {
            faults.add(
                    "its thresholdMetric names a native histogram, of which PromQL would give an interpolated share; legal for"
                            + " rules: a classic histogram, ..." + BUCKET
                            + ", with the threshold among its boundaries");
        }
        cutSlices(slo, choice).ifPresent(faults::add);
        return faults.stream().map(fault -> told(slo, fault)).toList();
    }

    private static Optional<String> cutSlices(BudgetedSlo slo, BurnRateChoice choice) {
        boolean tooShort = slo.period().length().compareTo(choice.shortestPeriod()) < 0;
        if (tooShort || !(slo.budgetingMethod() instanceof Timeslices slices)) {
            return Optional.empty();
        }
        SortedSet<Duration> lengths =
                new TreeSet<>(choice.forPeriod(slo.period().length()).windows());
        lengths.add(slo.period().length());
        return lengths.stream()
                .filter(length -> !slices.divides(length))
                .findFirst()
                .map(length -> "its time slices are " + DurationText.compact(slices.window()) + " long, and "
                        + DurationText.compact(length)
                        + ", a window of its alerts or its period, is not a number of whole slices; legal for rules: a"
                        + " timeSliceWindow that divides them all, or rows of your own");
    }

    /** What rules leave out of an SLO, although they can be made; empty when that is nothing. */
    public static List<String> leftOut(BudgetedSlo slo) {
        return slo.period().rolling()
                ? List.of()
                : List.of(told(
                        slo,
                        "no series of what is left of its budget, since PromQL looks back from now and knows no calendar;"
                                + " its alerts take the period for "
                                + DurationText.compact(slo.period().length()) + " long"));
    }

    /** Rows that no outage could meet, because the target allows too much; empty when there is none. */
    public static List<String> unreachable(BudgetedSlo slo, BurnRateChoice choice) {
        double most = slo.budget().mostBurn();
        return choice.forPeriod(slo.period().length()).rows().stream()
                .filter(row -> row.factor() >= most)
                .map(row -> told(slo, neverMet(slo, row, most)))
                .toList();
    }

    private static String neverMet(BudgetedSlo slo, BurnRateRow row, double most) {
        return "the row " + row.severity().word() + " " + DurationText.compact(row.longWindow()) + "/"
                + DurationText.compact(row.shortWindow()) + " with factor " + NumberText.plain(row.factor())
                + " is never met: with a target of " + NumberText.plain(slo.target() * PERCENT)
                + " % the budget burns at most " + NumberText.plain(most) + " times as fast as it may";
    }

    private static boolean isNative(Indicator indicator) {
        return indicator instanceof LatencyIndicator latency
                && !latency.histogram().named().orElse(BUCKET).endsWith(BUCKET);
    }

    private static String told(BudgetedSlo slo, String what) {
        return slo.place() + ": SLO '" + slo.name() + "': " + what;
    }
}
