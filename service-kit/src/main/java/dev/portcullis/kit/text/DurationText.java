package dev.portcullis.kit.text;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lengths of time as text: compact, as configuration files and PromQL write them ({@code 1h30m}); rounded, for sentences ("9 min 30 s"); or in seconds alone, for
 * what is compared with a promise ("0.5 s"). Stateless.
 */
public final class DurationText {
    /** At most nine digits per unit, so that no sum overflows. */
    private static final Pattern FORM =
            Pattern.compile("(?!$)(?:(?<w>\\d{1,9})w)?(?:(?<d>\\d{1,9})d)?(?:(?<h>\\d{1,9})h)?"
                    + "(?:(?<m>\\d{1,9})m)?(?:(?<s>\\d{1,9})s)?(?:(?<ms>\\d{1,9})ms)?");

    private static final double MILLIS = 1000;
    private static final long MINUTE = 60;
    private static final long HOUR = 3600;
    private static final long DAY = 86_400;

    private DurationText() {}

    /** The length of time of a compact text; empty when the text is none. */
    public static Optional<Duration> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofDays(7 * amount(form, "w"))
                .plusDays(amount(form, "d"))
                .plusHours(amount(form, "h"))
                .plusMinutes(amount(form, "m"))
                .plusSeconds(amount(form, "s"))
                .plusMillis(amount(form, "ms")));
    }

    private static long amount(Matcher form, String unit) {
        String digits = form.group(unit);
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /**
     * The compact text, which {@link #parse} reads back: whole numbers with units, largest first.
     *
     * @param duration not negative; below a millisecond is cut off
     */
    public static String compact(Duration duration) {
        var text = part(duration.toDays(), "d")
                + part(duration.toHoursPart(), "h")
                + part(duration.toMinutesPart(), "m")
                + part(duration.toSecondsPart(), "s")
                + part(duration.toMillisPart(), "ms");
        return text.isEmpty() ? "0s" : text;
    }

    private static String part(long amount, String unit) {
        return amount == 0 ? "" : amount + unit;
    }

    /** Rounded to two units at most: "45 s", "9 min 30 s", "1 h 5 min", "2 d 3 h"; a negative one as "0 s". */
    public static String rounded(Duration time) {
        var seconds = Math.max(0, Math.round(time.toMillis() / MILLIS));
        if (seconds < MINUTE) {
            return seconds + " s";
        }
        if (seconds < HOUR) {
            return seconds / MINUTE + " min" + rest(seconds % MINUTE, "s");
        }
        return seconds < DAY
                ? seconds / HOUR + " h" + rest(seconds % HOUR / MINUTE, "min")
                : seconds / DAY + " d" + rest(seconds % DAY / HOUR, "h");
    }

    private static String rest(long rest, String unit) {
        return rest == 0 ? "" : " " + rest + " " + unit;
    }

    /** Rounded to tenths of a second: "0.5 s", "60 s". */
    public static String seconds(Duration duration) {
        var text = String.format(Locale.ROOT, "%.1f", duration.toMillis() / MILLIS);
        return text.replaceFirst("\\.0$", "") + " s";
    }
}
