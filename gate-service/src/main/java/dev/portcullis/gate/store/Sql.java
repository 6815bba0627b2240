package dev.portcullis.gate.store;

import dev.portcullis.gate.release.StoreUnavailableException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** The way to the database: runs work on a connection, and tells "cannot be reached" from every other failure. Thread-safe. */
final class Sql {
    private final Jdbi jdbi;

    Sql(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Runs one statement. */
    <T> T read(Function<Handle, T> work) {
        return reaching(() -> jdbi.withHandle(work::apply));
    }

    /** Runs several statements, all or none; what the work throws undoes them and passes on. */
    <T> T write(Function<Handle, T> work) {
        return reaching(() -> jdbi.inTransaction(work::apply));
    }

    private static <T> T reaching(Supplier<T> work) {
        try {
            return work.get();
        } catch (JdbiException e) {
            if (e instanceof ConnectionException || unreachable(e)) {
                throw new StoreUnavailableException("the gate's database cannot be reached", e);
            }
            throw e;
        }
    }

    private static boolean unreachable(JdbiException e) {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException
                    || (cause instanceof SQLException sql && saysUnreachable(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    /** Class 08 = connection, 57P = shut down or starting, 53300 = no connection left, 25006 = a standby that must not write. */
    private static boolean saysUnreachable(@Nullable String state) {
        return state != null
                && (state.startsWith("08")
                        || state.startsWith("57P")
                        || state.equals("53300")
                        || state.equals("25006"));
    }
}
