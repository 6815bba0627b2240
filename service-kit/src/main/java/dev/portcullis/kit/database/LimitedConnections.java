package dev.portcullis.kit.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;

/** Connections of a pool, of which so many are out at once as there are permits; whoever comes later waits for one. */
record LimitedConnections(DataSource source, Semaphore permits) implements ConnectionFactory {
    @Override
    public Connection openConnection() throws SQLException {
        permits.acquireUninterruptibly();
        var opened = false;
        try {
            var connection = source.getConnection();
            opened = true;
            return connection;
        } finally {
            if (!opened) {
                permits.release();
            }
        }
    }

    @Override
    public void closeConnection(Connection connection) throws SQLException {
        try {
            connection.close();
        } finally {
            permits.release();
        }
    }
}
