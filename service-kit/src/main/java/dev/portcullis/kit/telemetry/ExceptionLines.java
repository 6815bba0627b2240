package dev.portcullis.kit.telemetry;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import dev.portcullis.kit.database.DatabaseFault;
import dev.portcullis.kit.text.PlainText;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes an exception into the log: a stack trace, but one line for what is no fault of the program and comes as often as somebody likes. That is a database that cannot
 * be reached or is busy, whatever was asked of it then, since every poll and every library would leave a stack trace that says nothing more; and what the other end of a gRPC
 * connection has sent against the rules, or a certificate of its that is no good. Thread-safe.
 */
public final class ExceptionLines extends ThrowableProxyConverter {
    /** In bytes: it may quote what was sent. */
    private static final int LONGEST_LINE = 300;
    /** An exception may name itself as a cause of its cause. */
    private static final int DEEPEST = 20;

    @Override
    public String convert(ILoggingEvent event) {
        var thrown = event.getThrowableProxy();
        return thrown != null && event.getLoggerName().startsWith(ConnectionFaults.LOGGERS)
                ? line(simpleName(thrown) + ": " + thrown.getMessage())
                : super.convert(event);
    }

    private static String simpleName(IThrowableProxy thrown) {
        var name = thrown.getClassName();
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }

    @Override
    protected String throwableProxyToString(IThrowableProxy thrown) {
        return (thrown instanceof ThrowableProxy proxy
                        ? unreachable(proxy.getThrowable(), 0)
                        : Optional.<String>empty())
                .map(fault -> line("the database " + fault))
                .orElseGet(() -> super.throwableProxyToString(thrown));
    }

    private static String line(String text) {
        return "    " + PlainText.line(text, LONGEST_LINE) + System.lineSeparator();
    }

    /** What says so may be suppressed by what failed afterwards. */
    private static Optional<String> unreachable(Throwable thrown, int depth) {
        if (depth > DEEPEST) {
            return Optional.empty();
        }
        return DatabaseFault.outageIn(thrown)
                .or(() -> Stream.concat(Stream.ofNullable(thrown.getCause()), Arrays.stream(thrown.getSuppressed()))
                        .filter(Objects::nonNull)
                        .flatMap(other -> unreachable(other, depth + 1).stream())
                        .findFirst());
    }
}
