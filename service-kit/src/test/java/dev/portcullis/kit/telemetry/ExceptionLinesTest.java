package dev.portcullis.kit.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.grpc.netty.shaded.io.netty.handler.codec.DecoderException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What of an exception comes into the log. */
final class ExceptionLinesTest {
    private static String logged(@Nullable Throwable thrown) {
        return logged("scheduler", thrown);
    }

    private static String logged(String logger, @Nullable Throwable thrown) {
        var context = new LoggerContext();
        var converter = new ExceptionLines();
        converter.setContext(context);
        converter.start();
        return converter.convert(
                new LoggingEvent("test", context.getLogger(logger), Level.ERROR, "Unhandled exception", thrown, null));
    }

    @Test
    void aDatabaseThatCannotBeReachedIsOneLine() {
        var starting = new SQLException("FATAL: the database system is starting up\n  Detail: none", "57P03");
        var pool = new SQLTransientConnectionException("no connection within 1000ms", starting);
        assertEquals(
                "    the database cannot be reached: FATAL: the database system is starting up\n",
                logged(new IllegalStateException("Unable to open connection", pool)));
    }

    @Test
    void alsoWhenWhatSaysSoWasSuppressed() {
        var failed = new IllegalStateException("Failed to rollback", new SQLException("Connection is closed"));
        failed.addSuppressed(new IllegalStateException(
                new SQLException("FATAL: terminating connection due to unexpected postmaster exit", "57P01")));
        assertEquals(
                "    the database cannot be reached: FATAL: terminating connection due to unexpected postmaster exit\n",
                logged(failed));
    }

    @Test
    void whatTheOtherEndOfAConnectionSendsIsOneLine() {
        var connections = "io.grpc.netty.shaded.io.grpc.netty.NettyServerHandler";
        assertEquals(
                "    NumberFormatException: For input string: \"ab \"\n",
                logged(connections, new NumberFormatException("For input string: \"ab\n\"")));
        assertEquals(
                303 + "\n".length(),
                logged(connections, new IllegalStateException("x".repeat(10_000)))
                                .length()
                        - 1);
        assertEquals(
                "    DecoderException: javax.net.ssl.SSLHandshakeException: (certificate_unknown)\n",
                logged(
                        "io.grpc.netty.shaded.io.netty.channel.DefaultChannelPipeline",
                        new DecoderException(new SSLHandshakeException("(certificate_unknown)"))));
        assertEquals("", logged(connections, null));
        assertTrue(logged("io.grpc.internal.SerializingExecutor", new IllegalStateException("bug"))
                .contains("\tat "));
    }

    @Test
    void anyOtherExceptionHasItsStackTrace() {
        for (var thrown : new Exception[] {
            new IllegalStateException("bug"), new IllegalStateException(new SQLException("no such table", "42P01"))
        }) {
            assertTrue(logged(thrown).startsWith("java.lang.IllegalStateException"), logged(thrown));
            assertTrue(logged(thrown).contains("\tat dev.portcullis.kit.telemetry"), logged(thrown));
        }
        assertEquals("", logged(null));
    }

    @Test
    void aCauseThatIsItsOwnCauseEnds() {
        var outer = new IllegalStateException("outer");
        var inner = new IllegalStateException("inner", outer);
        outer.addSuppressed(inner);
        assertTrue(logged(outer).startsWith("java.lang.IllegalStateException: outer"), logged(outer));
    }
}
