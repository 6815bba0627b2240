package dev.portcullis.kit.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Why a database did not do what it was asked: that it cannot be reached, that all connections to it are in use, or why it refuses. */
public final class DatabaseFault {
    /** As the pool tells that no connection was free in time. */
    private static final Pattern NO_CONNECTION_FREE =
            Pattern.compile("request timed out after ([0-9]+)ms \\(total=([0-9]+), active=([0-9]+),");

    /** As the pool tells that it is closed, which happens only when the process stops. */
    private static final String CLOSED = " has been closed.";

    private static final String REFUSES = "refuses: ";

    private DatabaseFault() {}

    /**
     * The fault of the database in an exception, as the rest of a sentence about it, e.g. "cannot be reached: Connection refused", "is busy: all 12 connections are in
     * use, and none was free within 1000 ms" or "refuses: ERROR: could not extend file: No space left on device (SQLSTATE 53100)". Without statements and their values.
     *
     * @return empty when the database is not at fault: no SQL state among the causes, or one that says the values given do not fit (classes 22 and 23)
     */
    public static Optional<String> in(Throwable thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return told(sql);
            }
        }
        return Optional.empty();
    }

    /** The same where nothing was asked of the database, or nothing came back: whoever asks just then meets it, whatever he asks. */
    public static Optional<String> outageIn(Throwable thrown) {
        return in(thrown).filter(fault -> !fault.startsWith(REFUSES));
    }

    private static Optional<String> told(SQLException sql) {
        @Nullable String state = sql.getSQLState();
        var cause = sql.getCause() instanceof SQLException deeper ? deeper : sql;
        if (sql instanceof SQLTransientConnectionException || saysUnreachable(state)) {
            return busy(sql).or(() -> Optional.of("cannot be reached: " + firstLine(cause)));
        }
        if (state == null && String.valueOf(sql.getMessage()).endsWith(CLOSED)) {
            return Optional.of("cannot be reached: this process is stopping");
        }
        if (state == null || state.startsWith("22") || state.startsWith("23")) {
            return Optional.empty();
        }
        return Optional.of(REFUSES + firstLine(sql) + " (SQLSTATE " + state + ")");
    }

    /** All connections there may be are in use. With one that could not be opened just now the pool tells that as the cause. */
    private static Optional<String> busy(SQLException sql) {
        var found = NO_CONNECTION_FREE.matcher(String.valueOf(sql.getMessage()));
        if (sql.getCause() != null || !found.find() || Integer.parseInt(found.group(3)) < ConnectionPool.POOL_SIZE) {
            return Optional.empty();
        }
        return Optional.of("is busy: all " + found.group(3) + " connections are in use, and none was free within "
                + found.group(1) + " ms");
    }

    /** Class 08 = connection, 57P = shut down, starting or the session ended. */
    private static boolean saysUnreachable(@Nullable String state) {
        return state != null && (state.startsWith("08") || state.startsWith("57P"));
    }

    /** What is before the details, which may hold values. */
    static String firstLine(Throwable thrown) {
        return String.valueOf(thrown.getMessage()).lines().findFirst().orElse("");
    }
}
