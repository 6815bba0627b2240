package dev.portcullis.kit.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Limits what is logged of connections that break the rules of gRPC, since whoever reaches the port can make as many as he likes: {@value #MOST} lines a minute of one
 * logger and level, and then one line with the number of those that were left out. Thread-safe.
 */
public final class ConnectionFaults extends TurboFilter {
    /** Begins the names of the loggers of what reads and writes gRPC's connections; what runs the methods has others. */
    static final String LOGGERS = "io.grpc.netty.shaded.";

    static final int MOST = 10;
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private record Kind(String logger, Level level) {}

    /** What was logged of a kind since then, and what was left out. */
    private record Lines(long since, int told, long leftOut) {}

    private final Map<Kind, Lines> kinds = new HashMap<>();
    private final LongSupplier nanoseconds;
    private final Consumer<Runnable> inAMinute;

    /** One that reads the machine's clock. */
    public ConnectionFaults() {
        this.nanoseconds = System::nanoTime;
        this.inAMinute = task -> getContext().getScheduledExecutorService().schedule(task, 1, TimeUnit.MINUTES);
    }

    ConnectionFaults(LongSupplier nanoseconds, Consumer<Runnable> inAMinute) {
        this.nanoseconds = nanoseconds;
        this.inAMinute = inAMinute;
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
                || !logger.getName().startsWith(LOGGERS)
                || !level.isGreaterOrEqual(logger.getEffectiveLevel())) {
            return FilterReply.NEUTRAL;
        }
        return told(new Kind(logger.getName(), level)) ? FilterReply.NEUTRAL : FilterReply.DENY;
    }

    private synchronized boolean told(Kind kind) {
        var now = nanoseconds.getAsLong();
        @Nullable Lines last = kinds.get(kind);
        if (last == null || last.leftOut == 0 && now - last.since >= MINUTE) {
            kinds.put(kind, new Lines(now, 1, 0));
            return true;
        }
        if (last.told < MOST) {
            kinds.put(kind, new Lines(last.since, last.told + 1, 0));
            return true;
        }
        if (last.leftOut == 0) {
            inAMinute.accept(() -> tellRest(kind));
        }
        kinds.put(kind, new Lines(last.since, last.told, last.leftOut + 1));
        return false;
    }

    private void tellRest(Kind kind) {
        ((LoggerContext) getContext())
                .getLogger(ConnectionFaults.class)
                .info("faults of gRPC connections: ... and {} more within a minute", leftOut(kind));
    }

    private synchronized long leftOut(Kind kind) {
        @Nullable Lines lines = kinds.remove(kind);
        return lines == null ? 0 : lines.leftOut;
    }
}
