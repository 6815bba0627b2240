package dev.portcullis.kit.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LocationAwareLogger;

/**
 * Lets a fault that comes again and again into the log once, and then once a minute with the number of times it has come, so that a poll which fails five times
 * a second does not fill the disk. Warnings and errors are the same fault when their logger, their text with its values and the kind of their exception are.
 * Thread-safe.
 *
 * <p>Logback's own filter of duplicates counts without a time: what comes back after hours is never told again.
 */
public final class RepeatedFaults extends TurboFilter {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    /** Faults remembered; a new one takes the place of that which came first. */
    private static final int REMEMBERED = 200;
    /** What {@link Object#toString} adds, which is another for each object. */
    private static final Pattern IDENTITY = Pattern.compile("@[0-9a-f]{4,8}\\b");

    private record Fault(String logger, Level level, String text, String exception) {}

    private record LastReport(long time, int untold) {}

    private final LinkedHashMap<Fault, LastReport> tellings = new LinkedHashMap<>();
    private final LongSupplier nanoseconds;

    /** One that reads the machine's clock. */
    public RepeatedFaults() {
        this(System::nanoTime);
    }

    RepeatedFaults(LongSupplier nanoseconds) {
        this.nanoseconds = nanoseconds;
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] values,
            @Nullable Throwable thrown) {
        // Without a text it is only asked whether the level is on.
        if (format == null
                || !level.isGreaterOrEqual(Level.WARN)
                || !level.isGreaterOrEqual(logger.getEffectiveLevel())) {
            return FilterReply.NEUTRAL;
        }
        // The last value may be the exception.
        var message = MessageFormatter.arrayFormat(format, values);
        @Nullable Throwable exception = thrown == null ? message.getThrowable() : thrown;
        var text = String.valueOf(message.getMessage());
        var untold = tell(new Fault(
                logger.getName(),
                level,
                IDENTITY.matcher(text).replaceAll(""),
                exception == null ? "" : exception.getClass().getName()));
        if (untold > 0) {
            var more = text + " (and " + untold + " times more since it was last told)";
            // Told in place of this one. With the number in it, it is a fault of its own, which passes.
            logger.log(marker, RepeatedFaults.class.getName(), number(level), more, null, exception);
        }
        return untold == 0 ? FilterReply.NEUTRAL : FilterReply.DENY;
    }

    private static int number(Level level) {
        return level.isGreaterOrEqual(Level.ERROR) ? LocationAwareLogger.ERROR_INT : LocationAwareLogger.WARN_INT;
    }

    /** How many times it was kept back since it was last told; negative when it is to be kept back now. */
    private synchronized int tell(Fault fault) {
        var now = nanoseconds.getAsLong();
        @Nullable LastReport last = tellings.get(fault);
        if (last != null && now - last.time() < MINUTE) {
            tellings.put(fault, new LastReport(last.time(), last.untold() + 1));
            return -1;
        }
        if (last == null && tellings.size() == REMEMBERED) {
            tellings.remove(tellings.firstEntry().getKey());
        }
        tellings.put(fault, new LastReport(now, 0));
        return last == null ? 0 : last.untold();
    }
}
