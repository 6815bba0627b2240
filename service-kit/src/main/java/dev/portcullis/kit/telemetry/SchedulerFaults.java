package dev.portcullis.kit.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import dev.portcullis.kit.database.DatabaseFault;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LocationAwareLogger;

/**
 * Makes a warning of what the scheduler of durable tasks logs as an error when the database does not do what it asks: it goes on by itself once the database is back,
 * and an error in the log is to mean that somebody has to look. Thread-safe.
 */
public final class SchedulerFaults extends TurboFilter {
    private static final String SCHEDULER = "com.github.kagkarlsson.";

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] values,
            @Nullable Throwable thrown) {
        // Without a text it is only asked whether the level is on.
        if (format == null || level != Level.ERROR || !logger.getName().startsWith(SCHEDULER)) {
            return FilterReply.NEUTRAL;
        }
        // The last value may be the exception.
        var message = MessageFormatter.arrayFormat(format, values);
        @Nullable Throwable exception = thrown == null ? message.getThrowable() : thrown;
        if (exception == null || DatabaseFault.in(exception).isEmpty()) {
            return FilterReply.NEUTRAL;
        }
        logger.log(
                marker,
                SchedulerFaults.class.getName(),
                LocationAwareLogger.WARN_INT,
                String.valueOf(message.getMessage()),
                null,
                exception);
        return FilterReply.DENY;
    }
}
