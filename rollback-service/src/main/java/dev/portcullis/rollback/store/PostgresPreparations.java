package dev.portcullis.rollback.store;

import dev.portcullis.rollback.lifecycle.Preparation;
import dev.portcullis.rollback.lifecycle.Preparations;
import dev.portcullis.rollback.plan.Mode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** Preparations in the table rollback_preparation. Thread-safe. */
public final class PostgresPreparations implements Preparations {
    private final Jdbi jdbi;

    public PostgresPreparations(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public void keep(Preparation preparation) {
        jdbi.useHandle(handle -> {
            try (var update = handle.createUpdate("""
                    insert into rollback_preparation (token, service, release, from_revision, to_revision, reason, plan,
                      mode, caller, create_time, expire_time)
                    values (:token, :service, :release, :from, :to, :reason, cast(:plan as jsonb),
                      :mode, :caller, :createTime, :expireTime)""")) {
                OrderColumns.bind(update, preparation.order())
                        .bind("token", preparation.token())
                        .bind("plan", StoredPlan.OF_PREPARATION.write(preparation.plan()))
                        .bind("mode", preparation.mode().name())
                        .bind("caller", preparation.caller())
                        .bind("createTime", TimeColumns.utc(preparation.createTime()))
                        .bind("expireTime", TimeColumns.utc(preparation.expireTime()))
                        .execute();
            }
        });
    }

    @Override
    public Optional<Preparation> find(UUID token) {
        return jdbi.withHandle(handle -> {
            try (var query = handle.createQuery("select * from rollback_preparation where token = :token")) {
                return query.bind("token", token)
                        .map(PostgresPreparations::read)
                        .findOne();
            }
        });
    }

    private static Preparation read(ResultSet row, StatementContext context) throws SQLException {
        var token = row.getObject("token", UUID.class);
        return new Preparation(
                token,
                OrderColumns.read(row),
                StoredPlan.OF_PREPARATION.read(row.getString("plan"), token),
                Mode.valueOf(row.getString("mode")),
                row.getString("caller"),
                List.of(),
                TimeColumns.required(row, "create_time"),
                TimeColumns.required(row, "expire_time"));
    }

    @Override
    public void forget(Instant expiredBefore) {
        jdbi.useHandle(handle -> {
            try (var update = handle.createUpdate("delete from rollback_preparation where expire_time < :before")) {
                update.bind("before", TimeColumns.utc(expiredBefore)).execute();
            }
        });
    }
}
