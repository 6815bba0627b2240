package dev.portcullis.kit.database;

import java.nio.file.Path;

/**
 * The PostgreSQL server a service uses: a given one, which is left alone, or an embedded one, which ends with this object.
 *
 * @param settings how to reach it
 * @param end what ends with it
 */
public record DatabaseServer(DatabaseSettings settings, Runnable end) implements AutoCloseable {
    /** A server somebody else runs. */
    public static DatabaseServer given(DatabaseSettings settings) {
        return new DatabaseServer(settings, () -> {});
    }

    /** A server of our own; see {@link EmbeddedDatabase#start}. */
    public static DatabaseServer embedded(Path folder) {
        var embedded = EmbeddedDatabase.start(folder);
        return new DatabaseServer(embedded.settings(), embedded::close);
    }

    @Override
    public void close() {
        end.run();
    }
}
