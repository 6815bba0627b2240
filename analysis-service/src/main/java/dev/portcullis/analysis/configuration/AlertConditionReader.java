package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.budget.AlertSeverity;
import dev.portcullis.analysis.budget.BurnRateRow;
import dev.portcullis.kit.configuration.YamlMapping;
import java.time.Duration;
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
        spec.optionalText("description");
        Optional<AlertSeverity> severity = DeclaredSources.required(spec, SEVERITY, SEVERITIES)
                .map(word -> AlertSeverity.valueOf(word.toUpperCase(Locale.ROOT)));
        YamlMapping condition = spec.requiredMapping(CONDITION);
        Optional<BurnRateRow> row = severity.flatMap(of -> row(of, condition));
        if (severity.isEmpty()) {
            row(AlertSeverity.TICKET, condition);
        }
        spec.rejectUnknown();
        return row;
    }

    private static Optional<BurnRateRow> row(AlertSeverity severity, YamlMapping condition) {
        condition.choice(KIND, List.of("burnrate"));
        checkOperator(condition);
        OptionalDouble factor = required(condition, THRESHOLD, "the burn rate to be told of, above 0, such as 14.4")
                ? condition.number(THRESHOLD, 0, false, Double.POSITIVE_INFINITY, false)
                : OptionalDouble.empty();
        Optional<Duration> window = required(condition, WINDOW, "how far to look back, such as 1h")
                ? condition.duration(WINDOW, SHORTEST, LONGEST)
                : Optional.empty();
        Optional<Duration> hold = condition.has(HOLD)
                ? condition.duration(HOLD, Duration.ZERO, LONGEST_HOLD)
                : Optional.of(Duration.ZERO);
        condition.rejectUnknown();
        if (factor.isEmpty() || window.isEmpty() || hold.isEmpty()) {
            return Optional.empty();
        }
        Duration whole = Duration.ofSeconds(window.get().toSeconds());
        Duration shorter = Duration.ofSeconds(whole.toSeconds() / LONG_PER_SHORT);
        return Optional.of(new BurnRateRow(
                severity,
                whole,
                shorter,
                factor.getAsDouble(),
                Duration.ofSeconds(hold.get().toSeconds())));
    }

    private static void checkOperator(YamlMapping condition) {
        if (condition.has(OPERATOR) && !condition.isWord(OPERATOR, "gt")) {
            String found =
                    condition.written(OPERATOR).map(word -> "'" + word + "'").orElse("no word");
            condition.fault(
                    OPERATOR,
                    condition.path(OPERATOR) + " is " + found
                            + "; legal: gt, since a budget burns too fast above its threshold");
        }
    }

    private static boolean required(YamlMapping condition, String key, String legal) {
        if (!condition.has(key)) {
            condition.fault(key, condition.path(key) + " is missing; legal: " + legal);
        }
        return condition.has(key);
    }
}
