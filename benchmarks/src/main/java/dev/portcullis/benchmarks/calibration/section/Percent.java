package dev.portcullis.benchmarks.calibration.section;

import java.util.Locale;

/** Ratios as people write them. */
final class Percent {
    private Percent() {}

    /** For instance "0.0875 %". */
    static String of(double ratio) {
        return number(Math.round(ratio * 1e8) / 1e6) + " %";
    }

    /** For instance "1.25", without zeros at the end. */
    static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.6f", value).replaceAll("0+$", "");
    }
}
