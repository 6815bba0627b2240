package dev.portcullis.gate.store;

import dev.portcullis.gate.release.StoreUnavailableException;
import dev.portcullis.kit.database.DatabaseFault;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** The way to the database: runs work on a connection, and tells what the database refuses or cannot do from a fault of our own. Thread-safe. */
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
            var fault = DatabaseFault.in(e);
            if (fault.isPresent()) {
                throw new StoreUnavailableException("the gate's database " + fault.get(), e);
            }
            throw e;
        }
    }
}
