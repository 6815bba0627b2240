package dev.portcullis.kit.rpc;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The page tokens of one list under its filters: where a page starts, opaque to callers. One that was given under other filters is refused, for it would skip items
 * silently. Immutable.
 */
public final class PageTokens {
    private static final String FIELD = "page_token";
    private static final int PARTS = 3;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /**
     * A place in a list that is ordered by time, then id.
     *
     * @param time to the microsecond, as the database keeps it; from 1970 to 9999
     */
    public record Position(Instant time, UUID id) {}

    private final String mark;

    private PageTokens(String mark) {
        this.mark = mark;
    }

    /**
     * The tokens of a list.
     *
     * @param filters what the list was asked for, in the same order each time; null for what was not asked
     */
    public static PageTokens under(@Nullable Object... filters) {
        var text = Stream.of(filters)
                .map(filter -> filter == null ? "-" : "+" + filter)
                .collect(Collectors.joining("\n"));
        return new PageTokens(
                UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString());
    }

    /** The token of a page that starts behind a place. */
    public String of(Position position) {
        return encoded(
                ChronoUnit.MICROS.between(Instant.EPOCH, position.time()),
                position.id().toString());
    }

    /** The token of a page that starts below a number. */
    public String of(long number) {
        return encoded(number, "");
    }

    /** The place in a token; empty for the first page. */
    public Optional<Position> position(String token) {
        if (token.isEmpty()) {
            return Optional.empty();
        }
        var parts = decoded(token);
        try {
            var time = Instant.EPOCH.plus(Long.parseLong(parts[0]), ChronoUnit.MICROS);
            if (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST)) {
                throw foreign();
            }
            return Optional.of(new Position(time, UUID.fromString(parts[1])));
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw foreign();
        }
    }

    /** The number in a token; empty for the first page. */
    public OptionalLong number(String token) {
        if (token.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(decoded(token)[0]));
        } catch (NumberFormatException e) {
            throw foreign();
        }
    }

    private String encoded(long first, String second) {
        var text = first + "|" + second + "|" + mark;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private String[] decoded(String token) {
        String[] parts;
        try {
            parts = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII).split("\\|", -1);
        } catch (IllegalArgumentException e) {
            throw foreign();
        }
        if (parts.length != PARTS || !parts[PARTS - 1].equals(mark)) {
            throw foreign();
        }
        return parts;
    }

    private static RuntimeException foreign() {
        return RequestFields.invalid(
                FIELD, "is no next_page_token of a page with these filters; leave it out for the first page");
    }
}
