package dev.portcullis.gate.store;

import dev.portcullis.gate.flagger.FlaggerRollout;
import dev.portcullis.gate.flagger.FlaggerRollouts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** Flagger's rollouts in PostgreSQL. Thread-safe. */
public final class PostgresFlaggerRollouts implements FlaggerRollouts {
    private static final String SELECT = "select * from flagger_rollouts where namespace = :namespace and name = :name";

    /** There may be no row to lock yet, and two calls about one Canary must not both begin its first rollout. */
    private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended(:lock, 0))";

    private static final String WRITE = """
            insert into flagger_rollouts (namespace, name, number, checksum, state, service, canary, first_step, weight, began_at)
            values (:namespace, :name, :number, :checksum, :state, :service, :canary, :firstStep, :weight, :begun)
            on conflict (namespace, name) do update set number = excluded.number, checksum = excluded.checksum,
              state = excluded.state, service = excluded.service, canary = excluded.canary,
              first_step = excluded.first_step, weight = excluded.weight, began_at = excluded.began_at""";

    private final Sql sql;

    public PostgresFlaggerRollouts(Jdbi jdbi) {
        this.sql = new Sql(jdbi);
    }

    @Override
    public Optional<FlaggerRollout> find(String namespace, String name) {
        return sql.read(handle -> find(handle, namespace, name));
    }

    @Override
    public Change change(String namespace, String name, UnaryOperator<Optional<FlaggerRollout>> rule) {
        return sql.write(handle -> {
            handle.createQuery(LOCK)
                    .bind("lock", "flagger_rollouts/" + namespace + "/" + name)
                    .map((row, context) -> true)
                    .one();
            var before = find(handle, namespace, name);
            var after = rule.apply(before);
            if (!after.equals(before)) {
                after.ifPresent(rollout -> write(handle, rollout));
            }
            return new Change(before, after);
        });
    }

    private static Optional<FlaggerRollout> find(Handle handle, String namespace, String name) {
        return handle.createQuery(SELECT)
                .bind("namespace", namespace)
                .bind("name", name)
                .map(PostgresFlaggerRollouts::read)
                .findOne();
    }

    private static void write(Handle handle, FlaggerRollout rollout) {
        handle.createUpdate(WRITE)
                .bind("namespace", rollout.namespace())
                .bind("name", rollout.name())
                .bind("number", rollout.number())
                .bind("checksum", rollout.checksum())
                .bind("state", rollout.state().name())
                .bind("service", rollout.service())
                .bind("canary", rollout.canary())
                .bind("firstStep", rollout.firstStep())
                .bind("weight", rollout.weight())
                .bind("begun", rollout.begun())
                .execute();
    }

    private static FlaggerRollout read(ResultSet row, StatementContext context) throws SQLException {
        return new FlaggerRollout(
                row.getString("namespace"),
                row.getString("name"),
                row.getInt("number"),
                row.getString("checksum"),
                FlaggerRollout.State.valueOf(row.getString("state")),
                row.getString("service"),
                row.getString("canary"),
                row.getBoolean("first_step"),
                row.getInt("weight"),
                row.getTimestamp("began_at").toInstant());
    }
}
