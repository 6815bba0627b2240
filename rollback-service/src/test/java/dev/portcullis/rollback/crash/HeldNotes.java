package dev.portcullis.rollback.crash;

import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.testing.Await;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/** Holds notes of the service back at the database: what a rollback has just done is done, and is not written down. */
final class HeldNotes implements AutoCloseable {
    private static final long LOCK = 4_711;

    private final Connection connection;

    /** The schema has to be there. */
    HeldNotes(DatabaseSettings database) {
        try {
            connection = DriverManager.getConnection(database.url(), database.user(), database.password());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        execute("create table if not exists public.held_note (service text, version bigint)");
        execute("""
                create or replace function public.hold_note() returns trigger as $$ begin
                  if exists (select 1 from public.held_note n
                      where n.service = new.service and n.version = new.version) then
                    perform pg_advisory_xact_lock(%d);
                  end if;
                  return new;
                end $$ language plpgsql""".formatted(LOCK));
        execute("""
                create or replace trigger hold_note before update on rollback.rollback
                for each row when (old.version < new.version) execute function public.hold_note()""");
        execute("select pg_advisory_lock(" + LOCK + ")");
    }

    /** The note that would be a rollback's n-th version is held. */
    void hold(String service, int version) {
        execute("insert into public.held_note values ('" + service + "', " + version + ")");
    }

    /** Waits until so many notes are held; in this database, for the view shows those of all. */
    void awaitHeld(int notes) {
        var held = "select count(*) from pg_locks l join pg_database d on d.oid = l.database"
                + " where l.locktype = 'advisory' and not l.granted and d.datname = current_database()";
        Await.until(notes + " held notes", Duration.ofSeconds(60), () -> count(held) == notes);
    }

    /** Drops what is held; its transactions end without effect, since nobody is there any more to commit them. */
    void letGo() {
        execute("delete from public.held_note");
        execute("select pg_advisory_unlock(" + LOCK + ")");
    }

    int version(String service) {
        return count("select coalesce(max(version), 0) from rollback.rollback where service = '" + service + "'");
    }

    private int count(String query) {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
