package dev.portcullis.kit.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** How long the other side wants to be left alone: the Retry-After header (RFC 9110, 10.2.3), seconds or a date; or a moment. */
public final class RetryAfter {
    private static final Duration LONGEST = Duration.ofDays(1);

    private RetryAfter() {}

    /** The time to wait from now, a day at most; zero when the text says nothing legal or a moment gone by. */
    public static Duration parse(String text, Instant now) {
        var word = text.strip();
        if (word.matches("[0-9]{1,9}")) {
            return bounded(Duration.ofSeconds(Long.parseLong(word)));
        }
        try {
            var date = ZonedDateTime.parse(word, DateTimeFormatter.RFC_1123_DATE_TIME);
            return bounded(Duration.between(now, date.toInstant()));
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }

    /** The time to wait for a moment given in milliseconds since 1970, a day at most; zero when the text says nothing legal or a moment gone by. */
    public static Duration until(String epochMillis, Instant now) {
        var word = epochMillis.strip();
        return word.matches("[0-9]{1,15}")
                ? bounded(Duration.between(now, Instant.ofEpochMilli(Long.parseLong(word))))
                : Duration.ZERO;
    }

    private static Duration bounded(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
