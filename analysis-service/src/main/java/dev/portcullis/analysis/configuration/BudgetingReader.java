package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.slo.BudgetingMethod;
import dev.portcullis.kit.configuration.YamlMapping;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads the {@code budgetingMethod} of an SLO and what its objective says of time slices. */
final class BudgetingReader {
    private static final String METHOD = "budgetingMethod";
    private static final String TARGET = "timeSliceTarget";
    private static final String WINDOW = "timeSliceWindow";
    private static final String OCCURRENCES = "Occurrences";
    private static final String TIMESLICES = "Timeslices";
    private static final String RATIO_TIMESLICES = "RatioTimeslices";
    private static final String LEGAL = OCCURRENCES + ", " + TIMESLICES;
    private static final String NEEDED = "required with " + TIMESLICES;
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int MOST_DIGITS = 4;

    private BudgetingReader() {}

    /** The method; the default when there is none or after a fault. */
    static BudgetingMethod read(YamlMapping spec, YamlMapping objective) {
        if (spec.isWord(METHOD, RATIO_TIMESLICES)) {
            spec.fault(
                    METHOD,
                    spec.path(METHOD) + " is '" + RATIO_TIMESLICES
                            + "', the average of the slices' ratios, which counts" + " no requests; legal: " + LEGAL);
            objective.leaveAlone(TARGET, WINDOW);
            return BudgetingMethod.OCCURRENCES;
        }
        String method = spec.choice(METHOD, OCCURRENCES, List.of(OCCURRENCES, TIMESLICES));
        if (method.equals(TIMESLICES)) {
            return slices(objective);
        }
        refuse(objective, TARGET);
        refuse(objective, WINDOW);
        return BudgetingMethod.OCCURRENCES;
    }

    private static void refuse(YamlMapping objective, String key) {
        if (objective.has(key)) {
            objective.fault(
                    key,
                    objective.path(key) + " is given, but budgetingMethod is not " + TIMESLICES
                            + "; legal: leave it out, or budgetingMethod: " + TIMESLICES);
        }
    }

    private static BudgetingMethod slices(YamlMapping objective) {
        objective.describe(TARGET, NEEDED, "");
        objective.describe(WINDOW, NEEDED, "1m to 1d, or a number of minutes");
        if (!objective.has(TARGET)) {
            objective.fault(
                    TARGET,
                    objective.path(TARGET) + " is missing; legal: the part of a slice's requests that has to be good,"
                            + " between 0 and 1, such as 0.95");
        }
        OptionalDouble target = objective.number(TARGET, 0, false, 1, false);
        Optional<Duration> window = window(objective);
        return target.isEmpty() || window.isEmpty()
                ? BudgetingMethod.OCCURRENCES
                : new BudgetingMethod.Timeslices(target.getAsDouble(), window.get());
    }

    /** A bare number is minutes. */
    private static Optional<Duration> window(YamlMapping objective) {
        if (!objective.has(WINDOW)) {
            objective.fault(
                    WINDOW,
                    objective.path(WINDOW) + " is missing; legal: how long a slice is, such as 1m, or 5 for 5m");
            return Optional.empty();
        }
        Optional<Duration> minutes = objective
                .written(WINDOW)
                .filter(text -> text.matches("[1-9]\\d{0," + (MOST_DIGITS - 1) + "}"))
                .map(text -> Duration.ofMinutes(Long.parseLong(text)))
                .filter(length -> length.compareTo(LONGEST) <= 0);
        return minutes.isPresent()
                ? minutes
                : objective.duration(WINDOW, SHORTEST, LONGEST).map(length -> length.truncatedTo(ChronoUnit.SECONDS));
    }
}
