package dev.portcullis.rollback.store;

import dev.portcullis.rollback.plan.RollbackOrder;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.SqlStatement;

/** The columns of an order, the same in a preparation and in a rollback. */
final class OrderColumns {
    private OrderColumns() {}

    static <T extends SqlStatement<T>> T bind(T statement, RollbackOrder order) {
        return statement
                .bind("service", order.service())
                .bind("release", order.release())
                .bind("from", order.from())
                .bind("to", order.to())
                .bind("reason", order.reason());
    }

    static RollbackOrder read(ResultSet row) throws SQLException {
        return new RollbackOrder(
                row.getString("service"),
                row.getString("release"),
                row.getString("from_revision"),
                row.getString("to_revision"),
                row.getString("reason"));
    }
}
