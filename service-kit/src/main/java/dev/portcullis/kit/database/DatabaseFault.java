package dev.portcullis.kit.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a database said when it did not do what it was asked: that it cannot be reached, or why it refuses. */
public final class DatabaseFault {
    private DatabaseFault() {}

    /**
     * The fault of the database in an exception, as the rest of a sentence about it, e.g. "cannot be reached: Connection refused" or "refuses: ERROR: could not
     * extend file: No space left on device (SQLSTATE 53100)". Without statements and their values.
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

    private static Optional<String> told(SQLException sql) {
        @Nullable String state = sql.getSQLState();
        var cause = sql.getCause() instanceof SQLException deeper ? deeper : sql;
        if (sql instanceof SQLTransientConnectionException || saysUnreachable(state)) {
            return Optional.of("cannot be reached: " + firstLine(cause));
        }
        if (state == null || state.startsWith("22") || state.startsWith("23")) {
            return Optional.empty();
        }
        return Optional.of("refuses: " + firstLine(sql) + " (SQLSTATE " + state + ")");
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
