package dev.portcullis.kit.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time by which records may be deleted: that of a clock which has gone steadily for a week. A clock that is set years ahead by mistake would otherwise end the
 * time of all records at once. After a step of more than a week in either direction, or as long a time in which nobody looked, a week has to pass before it is
 * believed again; who corrects it meanwhile has lost nothing. What was seen is kept in the database, common to all replicas. Thread-safe.
 */
final class SteadyClock {
    /** A weekend or a holiday in which no service runs is no step. */
    static final Duration STEP = Duration.ofDays(7);

    static final Duration TRIAL = Duration.ofDays(7);

    private static final Logger LOG = LoggerFactory.getLogger(SteadyClock.class);

    private static final String LOOK = """
            with before as (select latest from retention_clock)
            insert into retention_clock as c (steady_since, latest) values (:now, :now)
            on conflict (single) do update set latest = :now,
              steady_since = case when :now between c.latest - :step * interval '1 second' and c.latest + :step * interval '1 second'
                                  then c.steady_since else :now end
            returning steady_since, (select latest from before) as latest_before""";

    /** @param before when it was looked at last; empty at the first look */
    private record ClockState(Instant now, Instant steadySince, Optional<Instant> before) {
        boolean stepped() {
            return steadySince.equals(now) && before.isPresent();
        }

        Instant believedFrom() {
            return steadySince.plus(TRIAL);
        }
    }

    private final Jdbi jdbi;
    private final InstantSource clock;

    SteadyClock(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Looks at the clock; empty while it is not believed. */
    Optional<Instant> now() {
        var clockState = clockState(clock.instant().truncatedTo(ChronoUnit.MICROS));
        if (clockState.stepped()) {
            LOG.warn(
                    "the clock of the database is {} and was {} when retention looked at it last: a clock that was set wrongly must not end the time of records,"
                            + " so nothing is deleted before {}",
                    clockState.now(),
                    clockState.before().orElseThrow(),
                    clockState.believedFrom());
        }
        return Optional.of(clockState.now()).filter(now -> !now.isBefore(clockState.believedFrom()));
    }

    private ClockState clockState(Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery(LOOK)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .bind("step", STEP.toSeconds())
                .map((row, context) -> new ClockState(
                        now,
                        row.getObject("steady_since", OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(row.getObject("latest_before", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)))
                .one());
    }
}
