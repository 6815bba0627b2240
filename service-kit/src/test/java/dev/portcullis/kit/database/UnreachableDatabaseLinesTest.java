package dev.portcullis.kit.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What of an exception comes into the log. */
final class UnreachableDatabaseLinesTest {
    private static String logged(@Nullable Throwable thrown) {
        var context = new LoggerContext();
        var converter = new UnreachableDatabaseLines();
        converter.setContext(context);
        converter.start();
        return converter.convert(new LoggingEvent(
                "test", context.getLogger("scheduler"), Level.ERROR, "Unhandled exception", thrown, null));
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
    void anyOtherExceptionHasItsStackTrace() {
        for (var thrown : new Exception[] {
            new IllegalStateException("bug"), new IllegalStateException(new SQLException("no such table", "42P01"))
        }) {
            assertTrue(logged(thrown).startsWith("java.lang.IllegalStateException"), logged(thrown));
            assertTrue(logged(thrown).contains("\tat dev.portcullis.kit.database"), logged(thrown));
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
