package dev.portcullis.launcher.faults;

import dev.portcullis.kit.database.DatabaseSettings;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * A database that can say no to every change, as one whose disk is full does. The triggers for it are there all the time, for to make one waits for locks; what they
 * do changes. Used by one thread at a time.
 */
final class DatabaseRefusal {
    private static final String TRIGGERS = """
            do $$
            declare t record;
            begin
              for t in select schemaname, tablename from pg_tables where schemaname in ('analysis', 'gate', 'rollback') loop
                execute format('create trigger refusal before insert or update or delete on %I.%I execute function public.refusal()', t.schemaname, t.tablename);
              end loop;
            end $$""";

    private final DatabaseSettings database;

    /** @param database with the tables of all services */
    DatabaseRefusal(DatabaseSettings database) throws SQLException {
        this.database = database;
        end();
        run(TRIGGERS);
    }

    /** From now on every change is refused with an SQL state. */
    void begin(String state) throws SQLException {
        function("raise exception 'refused at random' using errcode = '" + state + "';");
    }

    void end() throws SQLException {
        function("return null;");
    }

    private void function(String body) throws SQLException {
        run("create or replace function public.refusal() returns trigger language plpgsql as $$ begin " + body
                + " end $$");
    }

    private void run(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }
}
