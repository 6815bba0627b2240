package dev.portcullis.kit.retention;

import dev.portcullis.kit.lifecycle.StartupException;
import dev.portcullis.kit.text.NumberText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How long records are kept after their time has begun to count: a period of the calendar of one month to 100 years, or for ever.
 *
 * @param period empty for ever
 */
public record RetentionPeriod(Optional<Period> period) {
    /** Records are never deleted. */
    public static final RetentionPeriod FOREVER = new RetentionPeriod(Optional.empty());

    private static final String FOREVER_WORD = "forever";
    /** Periods have no order of their own: they are compared from this day on. */
    private static final LocalDate DAY = LocalDate.of(2000, 1, 1);

    private static final LocalDate SHORTEST = DAY.plusMonths(1);
    private static final LocalDate LONGEST = DAY.plusYears(100);

    /**
     * Reads a setting.
     *
     * @param variable the environment variable it is set by, for the message
     * @param text an ISO 8601 period such as P13M, or "forever"
     * @throws StartupException when it is neither, or out of range
     */
    public static RetentionPeriod read(String variable, String text) {
        return text.equals(FOREVER_WORD)
                ? FOREVER
                : parsed(text)
                        .filter(RetentionPeriod::legal)
                        .map(period -> new RetentionPeriod(Optional.of(period)))
                        .orElseThrow(() -> new StartupException(variable + ": '" + text
                                + "' is neither a period of one month to 100 years, such as P13M (13 months), P2Y (two"
                                + " years) or P90D (90 days), nor the word forever"));
    }

    private static Optional<Period> parsed(String text) {
        try {
            return Optional.of(Period.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static boolean legal(Period period) {
        return !period.isNegative()
                && period.toTotalMonths() <= 1_200
                && period.getDays() <= 36_525
                && !DAY.plus(period).isBefore(SHORTEST)
                && !DAY.plus(period).isAfter(LONGEST);
    }

    /** Whether it ends before another does that begins with it. */
    boolean shorterThan(RetentionPeriod other) {
        return period.isPresent()
                && (other.period.isEmpty() || DAY.plus(period.get()).isBefore(DAY.plus(other.period.get())));
    }

    /** The moment before which the time of a record must have begun for it to be over now, by the calendar of UTC; empty when it never is. */
    Optional<Instant> overSince(Instant now) {
        return period.map(length -> now.atOffset(ZoneOffset.UTC).minus(length).toInstant());
    }

    /** In words: "13 months". */
    String words() {
        return period.map(RetentionPeriod::words).orElse(FOREVER_WORD);
    }

    private static String words(Period length) {
        return Stream.of(
                        part(length.getYears(), "year"),
                        part(length.getMonths(), "month"),
                        part(length.getDays(), "day"))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" and "));
    }

    private static Optional<String> part(int number, String unit) {
        return number == 0 ? Optional.empty() : Optional.of(NumberText.counted(number, unit));
    }

    /** As it is set: "P13M". */
    @Override
    public String toString() {
        return period.map(Period::toString).orElse(FOREVER_WORD);
    }
}
