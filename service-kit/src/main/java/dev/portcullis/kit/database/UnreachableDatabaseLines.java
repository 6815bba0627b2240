package dev.portcullis.kit.database;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes an exception into the log: one line for a database that cannot be reached, whatever was asked of it then, since every poll and every library would leave a
 * stack trace that says nothing more; a stack trace for all others. Thread-safe.
 */
public final class UnreachableDatabaseLines extends ThrowableProxyConverter {
    private static final String UNREACHABLE = "cannot be reached";
    /** An exception may name itself as a cause of its cause. */
    private static final int DEEPEST = 20;

    @Override
    protected String throwableProxyToString(IThrowableProxy thrown) {
        return (thrown instanceof ThrowableProxy proxy
                        ? unreachable(proxy.getThrowable(), 0)
                        : Optional.<String>empty())
                .map(fault -> "    the database " + fault + System.lineSeparator())
                .orElseGet(() -> super.throwableProxyToString(thrown));
    }

    /** What says so may be suppressed by what failed afterwards. */
    private static Optional<String> unreachable(Throwable thrown, int depth) {
        if (depth > DEEPEST) {
            return Optional.empty();
        }
        return DatabaseFault.in(thrown)
                .filter(fault -> fault.startsWith(UNREACHABLE))
                .or(() -> Stream.concat(Stream.ofNullable(thrown.getCause()), Arrays.stream(thrown.getSuppressed()))
                        .filter(Objects::nonNull)
                        .flatMap(other -> unreachable(other, depth + 1).stream())
                        .findFirst());
    }
}
