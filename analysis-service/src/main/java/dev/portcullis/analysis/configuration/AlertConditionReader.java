package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.budget.AlertSeverity;
import dev.portcullis.analysis.budget.BurnRateRow;
import dev.portcullis.kit.configuration.KeyDescription;
import dev.portcullis.kit.configuration.YamlMapping;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Reads the spec of an AlertCondition of kind burnrate: a row. OpenSLO has one window where a row has two; the short one is a twelfth, as
 * in the Site Reliability Workbook.
 */
final class AlertConditionReader {
    private static final String SEVERITY = "severity";
    private static final String CONDITION = "condition";
    private static final String KIND = "kind";
    private static final String OPERATOR = "op";
    private static final String THRESHOLD = "threshold";
    private static final String WINDOW = "lookbackWindow";
    private static final String HOLD = "alertAfter";
    private static final List<String> SEVERITIES =
            Arrays.stream(AlertSeverity.values()).map(AlertSeverity::word).toList();
    private static final int LONG_PER_SHORT = 12;
    private static final Duration SHORTEST = Duration.ofMinutes(LONG_PER_SHORT);
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final Duration LONGEST_HOLD = Duration.ofDays(1);

    private AlertConditionReader() {}

    /** The row; empty after a fault. */
    static Optional<BurnRateRow> read(YamlMapping spec) {
        spec.describe(SEVERITY, KeyDescription.REQUIRED, "");
        spec.optionalText("description");
        Optional<AlertSeverity> severity = DeclaredSources.required(spec, SEVERITY, SEVERITIES)
                .map(word -> AlertSeverity.valueOf(word.toUpperCase(Locale.ROOT)));
        YamlMapping condition = spec.requiredMapping(CONDITION);
        condition.choice(KIND, "burnrate", List.of("burnrate"));
        checkOperator(condition);
        OptionalDouble factor = factor(condition);
        Optional<Duration> window = window(condition);
        Optional<Duration> hold = hold(condition);
        condition.rejectUnknown();
        spec.rejectUnknown();
        if (severity.isEmpty() || factor.isEmpty() || window.isEmpty() || hold.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(row(severity.get(), window.get(), factor.getAsDouble(), hold.get()));
    }

    private static BurnRateRow row(AlertSeverity severity, Duration window, double factor, Duration hold) {
        Duration shorter = Duration.ofSeconds(window.toSeconds() / LONG_PER_SHORT);
        return new BurnRateRow(severity, window, shorter, factor, hold);
    }

    private static OptionalDouble factor(YamlMapping condition) {
        return required(condition, THRESHOLD, "the burn rate to be told of, above 0, such as 14.4")
                ? condition.number(THRESHOLD, 0, false, Double.POSITIVE_INFINITY, false)
                : OptionalDouble.empty();
    }

    private static Optional<Duration> window(YamlMapping condition) {
        return required(condition, WINDOW, "how far to look back, such as 1h")
                ? condition.duration(WINDOW, SHORTEST, LONGEST).map(length -> length.truncatedTo(ChronoUnit.SECONDS))
                : Optional.empty();
    }

    private static Optional<Duration> hold(YamlMapping condition) {
        condition.describe(HOLD, "0s", "");
        return condition.has(HOLD)
                ? condition
                        .duration(HOLD, Duration.ZERO, LONGEST_HOLD)
                        .map(length -> length.truncatedTo(ChronoUnit.SECONDS))
                : Optional.of(Duration.ZERO);
    }

    private static void checkOperator(YamlMapping condition) {
        condition.describe(OPERATOR, "gt", "gt");
        Optional<String> operator = condition.written(OPERATOR);
        if (condition.has(OPERATOR) && operator.filter("gt"::equals).isEmpty()) {
            String found = operator.map(word -> "'" + word + "'").orElse("no word");
            condition.fault(
                    OPERATOR,
                    condition.path(OPERATOR) + " is " + found
                            + "; legal: gt, since a budget burns too fast above its threshold");
        }
    }

    private static boolean required(YamlMapping condition, String key, String legal) {
        condition.describe(key, KeyDescription.REQUIRED, "");
        if (!condition.has(key)) {
            condition.fault(key, condition.path(key) + " is missing; legal: " + legal);
        }
        return condition.has(key);
    }
}
