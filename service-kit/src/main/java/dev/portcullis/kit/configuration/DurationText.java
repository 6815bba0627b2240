package dev.portcullis.kit.configuration;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How configuration files write a length of time: whole numbers with units, largest first, as {@code 1h30m}. */
public final class DurationText {
    /** At most nine digits per unit, so that no sum overflows. */
    private static final Pattern FORM =
            Pattern.compile("(?!$)(?:(?<w>\\d{1,9})w)?(?:(?<d>\\d{1,9})d)?(?:(?<h>\\d{1,9})h)?"
                    + "(?:(?<m>\\d{1,9})m)?(?:(?<s>\\d{1,9})s)?(?:(?<ms>\\d{1,9})ms)?");

    private DurationText() {}

    /** The length of time; empty when the text is none. */
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

    /** The text {@link #parse} reads back; below a millisecond is cut off. */
    static String of(Duration duration) {
        String text = part(duration.toDays(), "d")
                + part(duration.toHoursPart(), "h")
                + part(duration.toMinutesPart(), "m")
                + part(duration.toSecondsPart(), "s")
                + part(duration.toMillisPart(), "ms");
        return text.isEmpty() ? "0s" : text;
    }

    private static String part(long amount, String unit) {
        return amount == 0 ? "" : amount + unit;
    }
}
