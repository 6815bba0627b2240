package dev.portcullis.gate.console;

import dev.portcullis.kit.text.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * A time as a page shows it.
 *
 * @param iso for programs, to the second
 * @param utc for people: day and time in UTC
 * @param clock the time of the day alone, in UTC
 * @param minute day and time to the minute, in UTC, for a sentence
 * @param distance how far it is from now, in words
 */
public record Moment(String iso, String utc, String clock, String minute, String distance) {
    private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("d MMM HH:mm 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /** A time that is seen at a moment. */
    public static Moment of(Instant time, Instant now) {
        var seconds = time.truncatedTo(ChronoUnit.SECONDS);
        return new Moment(
                seconds.toString(),
                DAY_AND_TIME.format(time),
                CLOCK.format(time),
                MINUTE.format(time),
                distance(time, now));
    }

    private static String distance(Instant time, Instant now) {
        var past = Duration.between(time, now);
        return past.isNegative() ? "in " + DurationText.rounded(past.negated()) : DurationText.rounded(past) + " ago";
    }
}
