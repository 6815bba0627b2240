package dev.portcullis.analysis.mannwhitney;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.OptionalDouble;

/** Sentences with the numbers of a classification; the same text on every machine. */
final class ClassificationText {
    private static final MathContext THREE_DIGITS = new MathContext(3);

    private ClassificationText() {}

    static String noData(ArmSummary canary, ArmSummary baseline, int needed, boolean fails) {
        return canary.measured() + " of " + windows(canary) + " windows with requests of the canary, "
                + baseline.measured() + " of " + windows(baseline) + " of the baseline; needed " + needed + " each"
                + (fails ? ". Must have data, so this is a failure" : "");
    }

    static String compared(
            Classification classification,
            Shift shift,
            double confidence,
            EffectMeasure measure,
            OptionalDouble effect) {
        String found =
                switch (classification) {
                    case HIGH -> "significantly higher than the baseline";
                    case LOW -> "significantly lower than the baseline";
                    default -> "no change that counts";
                };
        return found + ": bad ratio " + signed(shift.estimate()) + " (" + number(100 * confidence) + " % interval "
                + signed(shift.lower()) + " to " + signed(shift.upper()) + "), " + size(measure, effect);
    }

    private static String size(EffectMeasure measure, OptionalDouble effect) {
        if (effect.isEmpty()) {
            return "mean ratio not defined, one arm had no bad request";
        }
        String size = number(effect.getAsDouble());
        return measure == EffectMeasure.CLES
                ? "higher in a share of " + size + " of the pairs of windows"
                : "on average " + size + " times the baseline's";
    }

    static String number(double value) {
        return new BigDecimal(value).round(THREE_DIGITS).stripTrailingZeros().toPlainString();
    }

    /** A score, or a limit of one, with two decimals at most. */
    static String score(double value) {
        return BigDecimal.valueOf(value)
                .setScale(2, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String signed(double value) {
        return value > 0 ? "+" + number(value) : number(value);
    }

    private static int windows(ArmSummary arm) {
        return arm.measured() + arm.missing();
    }
}
